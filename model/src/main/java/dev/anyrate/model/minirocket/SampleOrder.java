package dev.anyrate.model.minirocket;

import java.lang.foreign.MemorySegment;

/// Counts samples above thresholds: all that MiniRocket does with a convolution.
///
/// Samples and thresholds are compared as whole numbers in the same order, which the JIT vectorises; comparisons of floats it does not (`docs/design-notes.md` has the times). The numbers have 31 bits, so that their difference fits in 32: two floats that are neighbours may count as equal.
final class SampleOrder {
  private static final int TOGETHER = 4;

  private final int[] samples;
  private final MemorySegment bits;

  /// @param length of the series
  SampleOrder(int length) {
    this.samples = new int[length];
    this.bits = MemorySegment.ofArray(samples);
  }

  /// The place of a value in the order.
  static int of(float value) {
    return order(Float.floatToRawIntBits(value));
  }

  /// Of two negative floats the one with the smaller bits is the larger one.
  private static int order(int bits) {
    return (bits ^ ((bits >> 31) & 0x7fffffff)) >> 1;
  }

  /// Takes samples in place of those before.
  ///
  /// @param values as many as the length. Read.
  void set(float[] values) {
    bits.copyFrom(MemorySegment.ofArray(values));
    for (int t = 0; t < samples.length; t++) samples[t] = order(samples[t]);
  }

  /// The shares of the samples of a range that are above thresholds.
  ///
  /// @param from       first sample
  /// @param to         behind the last
  /// @param thresholds as [#of] gives them. Read.
  /// @param first      threshold, and place in `shares`
  /// @param end        behind the last threshold
  /// @param shares     overwritten from `first` to `end`
  void shares(int from, int to, int[] thresholds, int first, int end, float[] shares) {
    float count = to - from;
    int i = first;
    for (; i + TOGETHER <= end; i += TOGETHER) four(from, to, thresholds, i, count, shares);
    for (; i < end; i++) shares[i] = above(from, to, thresholds[i]) / count;
  }

  /// By the sign of `threshold − sample`. Four counts in one loop share its beginning and end, which the JIT leaves scalar.
  private void four(int from, int to, int[] thresholds, int first, float count, float[] shares) {
    int a = thresholds[first];
    int b = thresholds[first + 1];
    int c = thresholds[first + 2];
    int d = thresholds[first + 3];
    int aboveA = 0;
    int aboveB = 0;
    int aboveC = 0;
    int aboveD = 0;
    for (int t = from; t < to; t++) {
      int sample = samples[t];
      aboveA += (a - sample) >>> 31;
      aboveB += (b - sample) >>> 31;
      aboveC += (c - sample) >>> 31;
      aboveD += (d - sample) >>> 31;
    }
    shares[first] = aboveA / count;
    shares[first + 1] = aboveB / count;
    shares[first + 2] = aboveC / count;
    shares[first + 3] = aboveD / count;
  }

  private int above(int from, int to, int threshold) {
    int above = 0;
    for (int t = from; t < to; t++) above += (threshold - samples[t]) >>> 31;
    return above;
  }
}
