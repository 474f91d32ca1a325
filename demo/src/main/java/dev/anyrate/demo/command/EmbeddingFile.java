package dev.anyrate.demo.command;

import dev.anyrate.model.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// The two formats that embeddings are written in, by file extension.
enum EmbeddingFile {
  /// NumPy's format 1.0, little-endian float32 of shape (N, E).
  NPY {
    @Override
    void write(OutputStream out, float[][] rows) throws IOException {
      String description = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows.length + ", " + rows[0].length + "), }";
      int unpadded = NPY_PREFIX + description.length() + 1;
      String header = description + " ".repeat(Math.floorMod(-unpadded, NPY_ALIGNMENT)) + "\n";
      out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      out.write(new byte[] {(byte) header.length(), (byte) (header.length() >> 8)});
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      var bytes = ByteBuffer.allocate(rows[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] row : rows) {
        bytes.clear();
        for (float value : row) bytes.putFloat(value);
        out.write(bytes.array());
      }
    }
  },

  /// One row a line, no header; every float32 is written so that it reads back as itself.
  CSV {
    @Override
    void write(OutputStream out, float[][] rows) throws IOException {
      for (float[] row : rows) {
        var line = new StringBuilder();
        for (float value : row) line.append(line.isEmpty() ? "" : ",").append(value);
        out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
  };

  /// Magic string, version and header length.
  private static final int NPY_PREFIX = 10;
  private static final int NPY_ALIGNMENT = 64;

  abstract void write(OutputStream out, float[][] rows) throws IOException;

  /// Writes a file; an old one is replaced as a whole or not at all.
  void write(Path file, float[][] rows) {
    AtomicFile.write(file, out -> write(out, rows));
  }

  /// @throws IllegalArgumentException for any other extension
  static EmbeddingFile of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (EmbeddingFile format : values()) {
      if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) return format;
    }
    throw new IllegalArgumentException(file + ": unknown format; give a name that ends in .npy or .csv");
  }
}
