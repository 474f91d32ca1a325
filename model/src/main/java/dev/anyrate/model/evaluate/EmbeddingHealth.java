package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whether embeddings tell series apart at all. A contrastive encoder that has failed often gives every series the same vector,
/// at a loss that looks unsuspicious.
///
/// @param count         of embeddings
/// @param meanCosine    mean cosine between different embeddings
/// @param effectiveRank in how many directions embeddings spread: `(Σλ)² / Σλ²` over the eigenvalues λ of their covariance (the
///                      participation ratio, exp of the Rényi entropy of order 2). From 1 to E; 0 if they do not differ at all
/// @param deadDimensions numbers of an embedding that hardly change from series to series: by less than a hundredth of what the others do in the mean
/// @see <a href="https://arxiv.org/abs/2110.09348">Jing et al., Understanding Dimensional Collapse in Contrastive Self-supervised
///      Learning</a>
public record EmbeddingHealth(int count, double meanCosine, double effectiveRank, int deadDimensions) {
  private static final double COLLAPSED_COSINE = 0.999;
  private static final double DEAD = 0.01;

  /// @param embeddings `[N][E]`, of different series, at least two. Read.
  /// @throws IllegalArgumentException if there are fewer than two, or a value is not finite
  public static EmbeddingHealth of(float[][] embeddings) {
    EmbeddingChecks.requireFinite("embedding health", embeddings);
    if (embeddings.length < 2) throw new IllegalArgumentException("embedding health: one embedding; at least two are needed");
    return new EmbeddingHealth(embeddings.length, Invariance.meanCosine(embeddings), effectiveRank(embeddings),
        deadDimensions(embeddings));
  }

  /// Whether all embeddings are alike, or zero.
  public boolean collapsed() {
    return meanCosine > COLLAPSED_COSINE || effectiveRank == 0;
  }

  /// One line for the person who trains, if the embeddings have collapsed.
  public Optional<String> warning() {
    if (!collapsed()) return Optional.empty();
    String cosine = String.format(Locale.ROOT, "%.4f", meanCosine);
    return Optional.of("collapse: the embeddings of " + count + " series are all alike (mean cosine " + cosine
        + "); lower --lr, raise --batch, or try another --temperature, and check that the series differ");
  }

  /// By traces, without eigenvalues: `Σλ = tr C`, `Σλ² = ‖C‖²`. The Gram matrix has the same and is used where it is smaller.
  private static double effectiveRank(float[][] embeddings) {
    double[][] rows = Rows.minus(embeddings, Rows.mean(embeddings)); // [N][E]
    double[][] columns = Rows.transpose(rows); // [E][N]
    int size = Math.min(rows.length, columns.length);
    double[][] product = new double[size][size];
    if (rows.length <= columns.length) {
      Rows.addProduct(rows, columns, product);
    } else {
      Rows.addProduct(columns, rows, product);
    }
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      trace += product[i][i];
      squares += Rows.dot(product[i], product[i]);
    }
    return squares == 0 ? 0 : trace * trace / squares;
  }

  private static int deadDimensions(float[][] embeddings) {
    double[] mean = Rows.mean(embeddings);
    double[] deviations = new double[mean.length];
    double sum = 0;
    for (int e = 0; e < mean.length; e++) {
      double squares = 0;
      for (float[] row : embeddings) squares += (row[e] - mean[e]) * (row[e] - mean[e]);
      deviations[e] = Math.sqrt(squares / embeddings.length);
      sum += deviations[e];
    }
    double limit = DEAD * sum / mean.length;
    return (int) Arrays.stream(deviations).filter(deviation -> deviation <= limit).count();
  }
}
