package dev.anyrate.engine.kernel;

/// The rule that `lengths` keep: without it a kernel would read the samples of the next series. A device cannot refuse anything; there a length that breaks the rule counts as
/// the nearest one that keeps it.
public final class ValidLength {
  private ValidLength() {}

  /// The valid samples of a series.
  ///
  /// @param given  number in `lengths`
  /// @param series to which it belongs
  /// @param least  samples that it must have: 1 where there is no result without any, else 0
  /// @param length samples of each series in the batch
  /// @throws IllegalArgumentException if it is no whole number from `least` to `length`
  public static int of(float given, int series, int least, int length) {
    int valid = (int) given;
    if (valid == given && valid >= least && valid <= length) return valid;
    throw new IllegalArgumentException("lengths: series " + series + " has " + given + " valid samples, in a batch of length "
        + length + "; give whole numbers from " + least + " to " + length);
  }

  /// The valid samples of a series where they count samples that are not in the batch, as before a convolution: at least 1.
  ///
  /// @param given  number in `lengths`
  /// @param series to which it belongs
  /// @throws IllegalArgumentException if it is no whole number from 1 on
  public static int ofSamples(float given, int series) {
    int valid = (int) given;
    if (valid == given && valid >= 1) return valid;
    throw new IllegalArgumentException(
        "lengths: series " + series + " has " + given + " valid samples; give whole numbers from 1 on");
  }
}
