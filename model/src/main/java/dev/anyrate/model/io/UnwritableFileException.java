package dev.anyrate.model.io;

import java.nio.file.Path;

/// An output file that cannot be made where it was asked for. The message is one line: file, what is wrong, what to do.
public final class UnwritableFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// @param file    what was to be written
  /// @param problem what stands in the way, and the remedy
  public UnwritableFileException(Path file, String problem) {
    super(file + ": " + problem);
  }
}
