package dev.anyrate.model.evaluate;

/// The cosine of the angle between two vectors, `a·b / (‖a‖·‖b‖)`, from −1 to 1.
public final class CosineSimilarity {
  private CosineSimilarity() {}

  /// @param a `[E]`. Read.
  /// @param b `[E]`. Read.
  /// @return 0 if either vector is zero, since it has no direction
  public static double of(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "cosine similarity: vectors of " + a.length + " and " + b.length + " values; both must have the same");
    }
    double dot = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int e = 0; e < a.length; e++) {
      dot += (double) a[e] * b[e];
      squaresA += (double) a[e] * a[e];
      squaresB += (double) b[e] * b[e];
    }
    return dot == 0 ? 0 : Math.clamp(dot / (Math.sqrt(squaresA) * Math.sqrt(squaresB)), -1, 1);
  }
}
