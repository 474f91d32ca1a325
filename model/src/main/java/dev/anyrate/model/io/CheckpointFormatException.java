package dev.anyrate.model.io;

import java.nio.file.Path;

/// A checkpoint that cannot be used: missing, cut short, damaged, or written by another program. The message is one line:
/// file, byte, what is wrong, what to do.
public final class CheckpointFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// @param problem what is wrong, and the remedy; control characters (a damaged name may hold any) are shown as `?`
  public CheckpointFormatException(String problem) {
    this(problem, null);
  }

  /// @param offset  byte of the file at which the problem shows, from 0
  /// @param problem what is wrong, and the remedy
  public CheckpointFormatException(long offset, String problem) {
    this("byte " + offset + ": " + problem);
  }

  private CheckpointFormatException(String problem, Throwable cause) {
    super(problem.replaceAll("\\p{Cntrl}", "?"), cause);
  }

  /// The same problem with the name of the file in front.
  public CheckpointFormatException in(Path file) {
    return new CheckpointFormatException(file + ": " + getMessage(), this);
  }
}
