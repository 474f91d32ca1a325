package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;
import java.util.Arrays;

/// How far a series' own embedding at another rate stands out from those of other series, by cosine.
///
/// @param auroc area under the ROC curve of own against other cosines: the chance that a series is more similar to itself at the other rate than another pair is
///              similar; ties count half. 1 is perfect, 0.5 tells nothing
/// @param own   share of the own cosines in each of [#BINS] equal bins from −1 to 1
/// @param other share of the other cosines, likewise
public record Separation(double auroc, double[] own, double[] other) {
  /// Bins of the distributions.
  public static final int BINS = 40;

  private static final int QUERIES = 64; // rows of cosines held at a time

  /// @param original  `[N][E]`, embeddings at the native rate, at least two. Read.
  /// @param resampled `[N][E]`, embeddings of the same series in the same order. Read.
  /// @throws IllegalArgumentException if counts or sizes differ, there are fewer than two, or a value is not finite
  public static Separation of(float[][] original, float[][] resampled) {
    EmbeddingChecks.requireFinite("separation", original);
    EmbeddingChecks.requireFinite("separation", resampled);
    if (original.length != resampled.length || original.length < 2 || original[0].length != resampled[0].length) {
      throw new IllegalArgumentException("separation: embeddings [" + original.length + ", " + original[0].length + "] and ["
          + resampled.length + ", " + resampled[0].length + "]; give those of the same series by the same encoder, at least two");
    }
    double[][] known = Rows.directions(original);
    double[][] queries = Rows.directions(resampled);
    double[] own = ownCosines(known, queries);
    double[] ascending = own.clone();
    Arrays.sort(ascending);

    double[][] columns = Rows.transpose(known);
    double[] others = new double[BINS];
    double wins = 0;
    for (int from = 0; from < queries.length; from += QUERIES) {
      double[][] block = Arrays.copyOfRange(queries, from, Math.min(queries.length, from + QUERIES));
      double[][] cosines = new double[block.length][known.length];
      Rows.addProduct(block, columns, cosines);
      for (int i = 0; i < block.length; i++) {
        for (int j = 0; j < known.length; j++) {
          if (j == from + i) continue;
          others[bin(cosines[i][j])]++;
          wins += countAbove(ascending, cosines[i][j]);
        }
      }
    }
    double pairs = (double) known.length * (known.length - 1);
    double[] histogram = new double[BINS];
    for (double cosine : own) histogram[bin(cosine)] += 1.0 / own.length;
    for (int b = 0; b < BINS; b++) others[b] /= pairs;
    return new Separation(wins / (pairs * own.length), histogram, others);
  }

  /// Summed in the order of all other cosines, so that what is equal is equal to the last bit and counts as a tie: of embeddings that are all alike the area is ½, not
  /// 0 or 1 by the luck of a rounding.
  private static double[] ownCosines(double[][] known, double[][] queries) {
    double[] own = new double[known.length];
    for (int from = 0; from < own.length; from += QUERIES) {
      int to = Math.min(own.length, from + QUERIES);
      double[][] cosines = new double[to - from][to - from];
      Rows.addProduct(Arrays.copyOfRange(queries, from, to), Rows.transpose(Arrays.copyOfRange(known, from, to)), cosines);
      for (int i = from; i < to; i++) own[i] = cosines[i - from][i - from];
    }
    return own;
  }

  private static int bin(double cosine) {
    return Math.clamp((int) ((cosine + 1) / 2 * BINS), 0, BINS - 1);
  }

  /// Count of values above a limit, those equal to it half.
  private static double countAbove(double[] ascending, double limit) {
    return ascending.length - (firstAtLeast(ascending, limit) + firstAtLeast(ascending, Math.nextUp(limit))) / 2.0;
  }

  private static int firstAtLeast(double[] ascending, double limit) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
