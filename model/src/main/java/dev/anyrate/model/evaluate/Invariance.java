package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;
import java.util.Arrays;

/// How well embeddings at another rate match those at the native rate.
///
/// @param cosSame      mean cosine between a series' two embeddings. Means nothing alone: if all embeddings are alike, it is 1
/// @param cosOther     mean cosine between the native embedding of one series and the resampled embedding of another, over all
///                     pairs
/// @param retrievalAt1 share of resampled series whose nearest native embedding is their own, by cosine after the mean of the
///                     native embeddings is taken from both
public record Invariance(double cosSame, double cosOther, double retrievalAt1) {
  private static final int QUERIES = 64; // similarities held at a time: this many rows

  /// @param original  `[N][E]`, embeddings at the native rate, at least two. Read.
  /// @param resampled `[N][E]`, embeddings of the same series in the same order. Read.
  /// @throws IllegalArgumentException if counts differ, there are fewer than two, or a value is not finite
  public static Invariance of(float[][] original, float[][] resampled) {
    EmbeddingChecks.requireFinite("invariance", original);
    EmbeddingChecks.requireFinite("invariance", resampled);
    if (original.length != resampled.length || original.length < 2 || original[0].length != resampled[0].length) {
      throw new IllegalArgumentException("invariance: embeddings [" + original.length + ", " + original[0].length + "] and ["
          + resampled.length + ", " + resampled[0].length
          + "]; both must have the same shape, and there must be another series to compare with");
    }
    int count = original.length;
    double same = 0;
    for (int i = 0; i < count; i++) same += CosineSimilarity.of(original[i], resampled[i]);
    double others = Rows.dot(sumOfDirections(original), sumOfDirections(resampled)) - same; // Σᵢⱼ uᵢ·vⱼ = Σᵢuᵢ · Σⱼvⱼ
    return new Invariance(same / count, others / ((double) count * (count - 1)), retrieval(original, resampled));
  }

  /// Mean cosine between different rows, over all pairs.
  static double meanCosine(float[][] rows) {
    double[] sum = sumOfDirections(rows);
    double self = 0;
    for (float[] row : rows) self += CosineSimilarity.of(row, row);
    return (Rows.dot(sum, sum) - self) / ((double) rows.length * (rows.length - 1));
  }

  private static double[] sumOfDirections(float[][] rows) {
    double[] sum = new double[rows[0].length];
    for (double[] direction : Rows.directions(rows)) Rows.addScaled(1, direction, sum);
    return sum;
  }

  private static double retrieval(float[][] original, float[][] resampled) {
    double[] mean = Rows.mean(original);
    double[][] known = Rows.minus(original, mean);
    double[][] queries = Rows.minus(resampled, mean);
    Rows.normalize(known);
    Rows.normalize(queries);
    double[][] columns = Rows.transpose(known); // [E][N]

    int found = 0;
    for (int from = 0; from < queries.length; from += QUERIES) {
      double[][] block = Arrays.copyOfRange(queries, from, Math.min(queries.length, from + QUERIES));
      double[][] similarities = new double[block.length][known.length];
      Rows.addProduct(block, columns, similarities);
      for (int i = 0; i < block.length; i++) {
        if (indexOfLargest(similarities[i]) == from + i) found++;
      }
    }
    return (double) found / queries.length;
  }

  private static int indexOfLargest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) largest = i;
    }
    return largest;
  }
}
