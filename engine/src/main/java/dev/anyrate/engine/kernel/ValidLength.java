package dev.anyrate.engine.kernel;

/// The rule that `lengths` keep: without it a kernel would read the samples of the next series. A device cannot refuse anything, there the result is arbitrary.
public final class ValidLength {
  private ValidLength() {}

  /// The valid samples of a series.
  ///
  /// @param given  number in `lengths`
  /// @param series to which it belongs
  /// @param length samples of each series in the batch
  /// @throws IllegalArgumentException if it is no whole number from 0 to `length`
  public static int of(float given, int series, int length) {
    int valid = (int) given;
    if (valid == given && valid >= 0 && valid <= length) return valid;
    throw new IllegalArgumentException("lengths: series " + series + " has " + given + " valid samples, in a batch of length "
        + length + "; give whole numbers from 0 to " + length);
  }
}
