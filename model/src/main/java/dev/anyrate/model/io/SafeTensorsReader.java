package dev.anyrate.model.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.TreeMap;

/// Reads the bytes of a safetensors file. Sizes are checked against the file before memory is asked for.
final class SafeTensorsReader {
  /// The limit of the format's own library.
  private static final long MAX_HEADER = 100_000_000;

  private SafeTensorsReader() {}

  static SafeTensors read(FileChannel file) throws IOException {
    long size = file.size();
    int headerLength = headerLength(file, size);
    SafeTensorsHeader header = SafeTensorsHeader.parse(bytes(file, Long.BYTES, headerLength));
    long data = Long.BYTES + headerLength;
    header.requireGapless(data, size);

    Map<String, StoredTensor> tensors = new TreeMap<>();
    for (var entry : header.entries()) {
      byte[] numbers = bytes(file, data + entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
      tensors.put(entry.name(), entry.type().decode(entry.shape(), numbers));
    }
    return new SafeTensors(header.metadata(), tensors);
  }

  private static int headerLength(FileChannel file, long size) throws IOException {
    if (size < Long.BYTES) {
      throw new CheckpointFormatException(size,
          "the file ends within the length of its header; it is empty or cut short, use a whole copy");
    }
    long length = ByteBuffer.wrap(bytes(file, 0, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER) {
      throw new CheckpointFormatException(0, "a header of " + Long.toUnsignedString(length)
          + " bytes; this is not a safetensors file, give one that 'train' has written");
    }
    if (length > size - Long.BYTES) {
      throw new CheckpointFormatException(size, "the file ends within its header of " + length
          + " bytes; it is cut short or not a safetensors file, use a whole copy");
    }
    return (int) length;
  }

  private static byte[] bytes(FileChannel file, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new CheckpointFormatException(position + buffer.position(),
            "the file was cut short while it was read; read it again");
      }
    }
    return buffer.array();
  }
}
