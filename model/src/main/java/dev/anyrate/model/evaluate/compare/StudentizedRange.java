package dev.anyrate.model.evaluate.compare;

/// The range of k independent standard normal numbers: the studentised range where the deviation is known.
///
/// The smallest is z, the other k − 1 lie between z and z + q: `P(range ≤ q) = k ∫ φ(z) [Q(z) − Q(z + q)]^(k − 1) dz`, Q the upper tail.
///
/// @see <a href="https://jmlr.org/papers/v7/demsar06a.html">Demšar (2006), table 5, where these numbers stand divided by √2</a>
final class StudentizedRange {
  private static final double END = 9; // of the integral; beyond, φ is below 1e-18
  private static final double STEP = 0.05; // the trapezoidal rule is exact to rounding for so smooth a function
  private static final double PRECISION = 1e-9;

  private StudentizedRange() {}

  /// The range that k numbers exceed with the given probability.
  ///
  /// @param k     numbers, at least 2
  /// @param level probability, such as 0.05
  static double critical(int k, double level) {
    double low = 0;
    double high = 2 * END;
    while (high - low > PRECISION) {
      double middle = (low + high) / 2;
      if (below(middle, k) < 1 - level) low = middle;
      else
        high = middle;
    }
    return high;
  }

  private static double below(double range, int k) {
    double sum = 0;
    for (int i = 0; i <= 2 * END / STEP; i++) {
      double z = i * STEP - END;
      double between = NormalDistribution.upperTail(z) - NormalDistribution.upperTail(z + range);
      sum += NormalDistribution.density(z) * Math.pow(between, k - 1);
    }
    return k * sum * STEP;
  }
}
