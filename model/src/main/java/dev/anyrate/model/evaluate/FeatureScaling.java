package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;

/// Brings each feature to mean 0 and deviation 1, by the mean and deviation (over N, not N − 1) of the rows it was made from.
///
/// A feature that does not change there carries nothing and becomes 0 everywhere, on other rows too. It also counts as unchanging
/// if it varies by no more than the rounding of float32, which would else be blown up to deviation 1.
public final class FeatureScaling {
  private static final double ROUNDING = 0x1p-22; // twice the spacing of floats, relative to the mean

  private final double[] mean; // [E]
  private final double[] scale; // [E], 1 / deviation, or 0

  private FeatureScaling(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /// @param x `[N][E]`, usually TRAIN. Read.
  /// @throws IllegalArgumentException if there is no row, or a value is not finite
  public static FeatureScaling of(float[][] x) {
    EmbeddingChecks.requireFinite("feature scaling", x);
    double[] mean = Rows.mean(x);
    double[] scale = new double[mean.length];
    for (float[] row : x) {
      for (int e = 0; e < mean.length; e++) scale[e] += (row[e] - mean[e]) * (row[e] - mean[e]);
    }
    for (int e = 0; e < mean.length; e++) {
      double deviation = Math.sqrt(scale[e] / x.length);
      scale[e] = deviation > ROUNDING * Math.abs(mean[e]) ? 1 / deviation : 0;
    }
    return new FeatureScaling(mean, scale);
  }

  /// @param x `[N][E]`. Read.
  /// @return the scaled rows, `[N][E]`
  public double[][] apply(float[][] x) {
    EmbeddingChecks.requireFinite("feature scaling", x);
    if (x[0].length != mean.length) {
      throw new IllegalArgumentException("feature scaling: embeddings of " + x[0].length + " values, expected " + mean.length
          + "; use the embedder that the probe was fitted with");
    }
    double[][] scaled = Rows.minus(x, mean);
    for (double[] row : scaled) {
      for (int e = 0; e < scale.length; e++) row[e] *= scale[e];
    }
    return scaled;
  }

  /// Some of the features, scaled, for whoever cannot hold all of them at once.
  ///
  /// @param x    `[N][E]`, finite. Read.
  /// @param from first feature
  /// @param to   the feature after the last
  /// @return `[N][to − from]`
  public double[][] apply(float[][] x, int from, int to) {
    double[][] scaled = new double[x.length][to - from];
    for (int n = 0; n < x.length; n++) {
      for (int e = from; e < to; e++) scaled[n][e - from] = (x[n][e] - mean[e]) * scale[e];
    }
    return scaled;
  }
}
