package dev.anyrate.model.evaluate.compare;

import java.util.Arrays;

/// The signed-rank test of Wilcoxon for two methods on the same datasets: how likely differences as lopsided as these are if neither method is better.
///
/// Datasets on which both are equal are left out. Up to 30 differences every assignment of signs counts (exact, with ties); beyond, the normal approximation.
///
/// @param pValue two-sided, 1 if nothing differs
/// @param count  of differences
/// @see <a href="https://doi.org/10.2307/3001968">Wilcoxon, Individual Comparisons by Ranking Methods (1945)</a>
public record Wilcoxon(double pValue, int count) {
  private static final int MOST_EXACT = 30;

  /// @param a `[N]`, results of one method by dataset. Read.
  /// @param b `[N]`, those of the other. Read.
  public static Wilcoxon of(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "wilcoxon: " + a.length + " and " + b.length + " results; give one of each method for each dataset");
    }
    double[] differences = new double[a.length];
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > Ranks.EQUAL) differences[count++] = a[i] - b[i];
    }
    differences = Arrays.copyOf(differences, count);
    if (count == 0) return new Wilcoxon(1, 0);
    double[] ranks = Ranks.ascending(Arrays.stream(differences).map(Math::abs).toArray());
    double positive = 0;
    for (int i = 0; i < count; i++) {
      if (differences[i] > 0) positive += ranks[i];
    }
    return new Wilcoxon(count <= MOST_EXACT ? exact(ranks, positive) : approximate(ranks, positive), count);
  }

  /// Share of all sign assignments whose sum of positive ranks is at least as far from its mean.
  static double exact(double[] ranks, double positive) {
    int total = 0; // of doubled ranks, which are whole numbers also where ties share a rank
    for (double rank : ranks) total += (int) (2 * rank);
    double[] ways = new double[total + 1]; // by sum; up to 2³⁰, exact in a double
    ways[0] = 1;
    for (double rank : ranks) {
      int step = (int) (2 * rank);
      for (int sum = total; sum >= step; sum--) ways[sum] += ways[sum - step];
    }
    double distance = Math.abs(2 * positive - total / 2.0);
    double asFar = 0;
    double all = 0;
    for (int sum = 0; sum <= total; sum++) {
      all += ways[sum];
      if (Math.abs(sum - total / 2.0) >= distance) asFar += ways[sum];
    }
    return asFar / all;
  }

  /// The same from a normal distribution with the mean and variance of the sum, by half a rank towards it.
  static double approximate(double[] ranks, double positive) {
    double sum = 0;
    double squares = 0; // their sum is four times the variance, with ties
    for (double rank : ranks) {
      sum += rank;
      squares += rank * rank;
    }
    double z = (Math.abs(positive - sum / 2) - 0.5) / Math.sqrt(squares / 4);
    return Math.min(1, 2 * NormalDistribution.upperTail(z));
  }
}
