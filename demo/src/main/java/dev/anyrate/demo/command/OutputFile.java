package dev.anyrate.demo.command;

import dev.anyrate.model.io.AtomicFile;
import java.nio.file.Path;
import java.util.Locale;

/// What is asked of the name of a file before the work for it begins.
final class OutputFile {
  private OutputFile() {}

  /// Refuses another extension, so that no slip replaces a file of another kind, and a place where nothing can be written.
  ///
  /// @param extension with its dot
  static void require(Path file, String extension) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(extension)) {
      throw new IllegalArgumentException(file + ": unknown format; give a name that ends in " + extension);
    }
    AtomicFile.requireWritable(file);
  }
}
