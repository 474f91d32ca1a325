package dev.anyrate.engine.kernel.simd;

import java.util.Arrays;

/// Sums of parts of a long run, put together: in double precision and in the order of the parts, so that the result neither loses
/// digits nor depends on which thread came first.
final class PartialSums {
  /// Floats of all parts' sums, about: 16 MiB. Rows of more than half a [Grain] would else have as many sums as there are rows, and take as much memory as the operand.
  private static final int MODERATE_FLOATS = 1 << 22;

  private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[0]);

  private PartialSums() {}

  /// Rows of a part: a property of the work, so that results do not depend on the number of threads.
  ///
  /// @param rows   of all parts
  /// @param grain  rows of a part unless that makes too many
  /// @param floats of a part's sums
  static int rows(int rows, int grain, long floats) {
    int parts = (int) (MODERATE_FLOATS / Math.max(1, floats)); // or so few that BlockSums would make as many
    return Math.max(grain, Math.min(Math.ceilDiv(rows, Math.max(1, parts)), BlockSums.runLength(rows, floats)));
  }

  /// `target[i] = factor·Σ_part partial[part·stride + i]` for i < size
  ///
  /// @param stride from one part's sums to the next
  static void add(int parts, int size, float factor, float[] partial, int partial0, int stride, float[] target, int target0) {
    double[] sums = zeros(size);
    for (int part = 0; part < parts; part++) addPart(size, partial, partial0 + part * stride, sums);
    for (int i = 0; i < size; i++) target[target0 + i] = (float) (factor * sums[i]);
  }

  /// This thread's work memory. As many as one call needs.
  private static double[] zeros(int size) {
    double[] sums = SUMS.get();
    if (sums.length < size) {
      sums = new double[size];
      SUMS.set(sums);
    } else {
      Arrays.fill(sums, 0, size, 0);
    }
    return sums;
  }

  /// Part after part, each in one loop over its sums: one sum over all parts waits for its last addition in every step (26 against 4 µs for 256 parts of 128).
  private static void addPart(int size, float[] partial, int partial0, double[] sums) {
    for (int i = 0; i < size; i++) sums[i] += partial[partial0 + i];
  }
}
