package dev.anyrate.augment.series;

import java.nio.file.Path;

/// Series that cannot be used as they are. The message is one line for the person who has the data: where, what is wrong, and
/// what to do about it. No stack trace is needed to act on it.
public final class BadSeriesException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// @param message one line: what is wrong, and the remedy
  public BadSeriesException(String message) {
    super(oneLine(message));
  }

  /// @param message one line: what is wrong, and the remedy
  /// @param cause   what the system said
  public BadSeriesException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /// The same complaint with its place in front, `place: message`.
  public BadSeriesException at(String place) {
    return new BadSeriesException(place + ": " + getMessage(), this);
  }

  /// Names out of a damaged file may hold anything.
  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}", " ");
  }

  /// The same complaint about a line of a file, counted from 1.
  public BadSeriesException at(Path file, int line) {
    return at(file + ":" + line);
  }
}
