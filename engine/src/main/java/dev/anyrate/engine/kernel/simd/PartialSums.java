package dev.anyrate.engine.kernel.simd;

/// Sums of parts of a long run, put together: in double precision and in the order of the parts, so that the result neither loses
/// digits nor depends on which thread came first.
final class PartialSums {
  private PartialSums() {}

  /// target[i] = factor·Σ_part partial[part·stride + i] for i < size
  ///
  /// @param stride from one part's sums to the next
  static void add(int parts, int size, float factor, float[] partial, int partial0, int stride, float[] target, int target0) {
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int part = 0; part < parts; part++) sum += partial[partial0 + part * stride + i];
      target[target0 + i] = (float) (factor * sum);
    }
  }
}
