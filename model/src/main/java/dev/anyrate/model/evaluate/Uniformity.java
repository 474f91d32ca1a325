package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;

/// How evenly embeddings spread over the sphere, and how close the two of a pair lie: the two things that contrastive training does.
///
/// @see <a href="https://arxiv.org/abs/2005.10242">Wang and Isola, Understanding Contrastive Representation Learning through Alignment and Uniformity on
///      the Hypersphere (2020)</a>
public final class Uniformity {
  private static final double T = 2; // the paper's

  private Uniformity() {}

  /// `ln mean exp(−2·‖u − v‖²)` over all pairs of different embeddings, scaled to length 1. 0 if all are alike; lower is more even, about −4 for
  /// many embeddings that are spread over a sphere of many dimensions.
  ///
  /// @param embeddings `[N][E]`, at least two. Read.
  /// @throws IllegalArgumentException if there are fewer than two, or a value is not finite
  public static double of(float[][] embeddings) {
    EmbeddingChecks.requireFinite("uniformity", embeddings);
    if (embeddings.length < 2) throw new IllegalArgumentException("uniformity: one embedding; at least two are needed");
    double[][] directions = Rows.directions(embeddings);
    double[][] columns = Rows.transpose(directions);
    double sum = 0;
    for (int i = 0; i < directions.length; i++) {
      double[][] cosines = new double[1][directions.length];
      Rows.addProduct(new double[][] {directions[i]}, columns, cosines);
      for (int j = 0; j < i; j++) sum += Math.exp(-T * 2 * (1 - cosines[0][j])); // ‖u − v‖² = 2 − 2·u·v
    }
    return Math.log(sum / (directions.length * (directions.length - 1.0) / 2));
  }

  /// Mean of `‖u − v‖²` over pairs of embeddings of one series, scaled to length 1; 0 is perfect, 4 the opposite.
  ///
  /// @param original  `[N][E]`. Read.
  /// @param resampled `[N][E]`, of the same series in the same order. Read.
  /// @throws IllegalArgumentException if counts or sizes differ, there is none, or a value is not finite
  public static double alignment(float[][] original, float[][] resampled) {
    EmbeddingChecks.requireFinite("alignment", original);
    EmbeddingChecks.requireFinite("alignment", resampled);
    if (original.length != resampled.length) {
      throw new IllegalArgumentException(
          "alignment: " + original.length + " and " + resampled.length + " embeddings; give those of the same series");
    }
    double sum = 0;
    for (int i = 0; i < original.length; i++) sum += 2 - 2 * CosineSimilarity.of(original[i], resampled[i]);
    return sum / original.length;
  }
}
