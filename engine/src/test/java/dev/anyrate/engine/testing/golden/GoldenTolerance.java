package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.testing.Compare;

/// How near float32 must come to the golden numbers, in norm.
final class GoldenTolerance {
  /// Of results, relative to their norm.
  static final double OUTPUT = 1e-5;
  /// Of gradients, relative to their norm.
  static final double GRADIENT = 1e-4;

  /// Some gradients are zero by construction, such as those of a bias in front of batch normalisation, or of the bias of attention's keys: what the
  /// golden numbers hold is the rounding of float64, below this share of the largest gradient of the case. Relative to it nothing can be said.
  private static final double ZERO = 1e-9;
  /// In place of such a zero, float32 leaves the rounding of a sum of some hundred terms, √400·6e-8 of the case's largest gradient.
  private static final double ROUNDING = 1e-6;

  private GoldenTolerance() {}

  /// @param largest norm among the gradients of the case
  static void checkGradient(String what, double[] expected, float[] actual, double largest) {
    boolean zero = Compare.norm(expected) <= ZERO * largest;
    Compare.assertClose(what, expected, actual, GRADIENT, zero ? ROUNDING / GRADIENT * largest : 0);
  }
}
