package dev.anyrate.bench;

/// Whether two sides computed the same.
public final class Agreement {
  private Agreement() {}

  /// ‖result − reference‖ / ‖reference‖; infinite if the counts differ.
  public static double error(float[] result, float[] reference) {
    if (result.length != reference.length) return Double.POSITIVE_INFINITY;
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < reference.length; i++) {
      difference += ((double) result[i] - reference[i]) * ((double) result[i] - reference[i]);
      norm += (double) reference[i] * reference[i];
    }
    return Math.sqrt(difference / norm);
  }

  /// Stops a benchmark that computes something else than its reference.
  ///
  /// @param tolerance of [#error]
  public static void require(String what, float[] result, float[] reference, double tolerance) {
    double error = error(result, reference);
    if (!(error <= tolerance)) {
      throw new IllegalStateException(what + ": differs from its reference by " + error + ", allowed is " + tolerance);
    }
  }
}
