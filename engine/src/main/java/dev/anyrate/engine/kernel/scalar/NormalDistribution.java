package dev.anyrate.engine.kernel.scalar;

/// The standard normal distribution, for GELU.
final class NormalDistribution {
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  /// Coefficients of Hart's quotient, highest power first.
  private static final double[] NUMERATOR = {3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383,
      112.079291497871, 221.213596169931, 220.206867912376};
  private static final double[] DENOMINATOR = {8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461,
      296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752};

  private NormalDistribution() {}

  /// φ(x) = e^(−x²/2)/√(2π)
  static double density(double x) {
    return Math.exp(-0.5 * x * x) / SQRT_2_PI;
  }

  /// Φ(x) = ½(1 + erf(x/√2)), the integral of φ up to x, with a relative error below 1e-8 for every x. Below −8 that sum would
  /// lose its last digit to cancellation, so the tail is approximated as such: e^(−x²/2) times a quotient of polynomials, and
  /// from 5√2 on divided by a continued fraction.
  ///
  /// Hart et al., Computer Approximations, 1968, algorithm 5666, as given by West, Better approximations to cumulative normal
  /// functions, Wilmott Magazine, May 2005.
  static double cumulative(double x) {
    double lowerTail = tail(Math.abs(x));
    return x > 0 ? 1 - lowerTail : lowerTail;
  }

  /// Φ(−z) for z ≥ 0.
  private static double tail(double z) {
    double exponential = Math.exp(-0.5 * z * z);
    if (z < 5 * Math.sqrt(2)) return exponential * polynomial(z, NUMERATOR) / polynomial(z, DENOMINATOR);
    return exponential / SQRT_2_PI / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65)))));
  }

  /// By Horner's rule.
  private static double polynomial(double x, double[] coefficients) {
    double value = 0;
    for (double coefficient : coefficients) value = value * x + coefficient;
    return value;
  }
}
