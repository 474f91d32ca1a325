package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.ValidLength;
import dev.anyrate.engine.memory.HeapStorage;
import java.util.Arrays;

/// How many samples of each series count, as a tensor of whole numbers `[B]` says; the rest is padding.
final class ValidSamples {
  private ValidSamples() {}

  /// Of one series.
  ///
  /// @param length samples of each series in the batch
  /// @throws IllegalArgumentException if the number is none from 0 to `length`
  static int of(HeapStorage lengths, int series, int length) {
    return of(lengths, series, 0, length);
  }

  /// The same.
  ///
  /// @param least samples that a series must have
  /// @throws IllegalArgumentException if the number is none from `least` to `length`
  static int of(HeapStorage lengths, int series, int least, int length) {
    return ValidLength.of(lengths.array()[lengths.offset() + series], series, least, length);
  }

  /// Of all series.
  static long total(HeapStorage lengths) {
    long sum = 0;
    for (int series = 0; series < lengths.size(); series++) sum += (int) lengths.array()[lengths.offset() + series];
    return sum;
  }

  /// Zeros behind the `valid` samples of a series.
  ///
  /// @param y Overwritten there; `[length, channels]` from `y0` on.
  static void clear(int valid, int length, int channels, float[] y, int y0) {
    Arrays.fill(y, y0 + valid * channels, y0 + length * channels, 0);
  }
}
