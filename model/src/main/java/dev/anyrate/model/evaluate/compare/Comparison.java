package dev.anyrate.model.evaluate.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Several methods on several datasets, the first method against each other one.
///
/// @param methods            names, the one that the comparison is about first
/// @param datasets           names
/// @param scores             `[M][N]`, by method and dataset; higher is better
/// @param averageRanks       `[M]`, 1 is best on every dataset
/// @param duels              the first method against each of the others, in their order
/// @param criticalDifference average ranks that differ by less do not differ at the 5 % level by the test of Nemenyi
public record Comparison(List<String> methods, List<String> datasets, double[][] scores, double[] averageRanks, List<Duel> duels,
    double criticalDifference) {
  private static final double LEVEL = 0.05;

  /// The first method against another.
  ///
  /// @param opponent  name
  /// @param wins      datasets on which the first is better
  /// @param ties      on which both are equal
  /// @param losses    on which it is worse
  /// @param pValue    of Wilcoxon's signed-rank test
  /// @param corrected by Holm, over all duels
  public record Duel(String opponent, int wins, int ties, int losses, double pValue, double corrected) {}

  /// @param scores `[M][N]`, by method and dataset; higher is better. Kept.
  /// @throws IllegalArgumentException if there are not two methods and one dataset, or a score is missing
  public static Comparison of(List<String> methods, List<String> datasets, double[][] scores) {
    boolean complete = methods.size() >= 2 && !datasets.isEmpty() && scores.length == methods.size()
        && Arrays.stream(scores).allMatch(row -> row.length == datasets.size() && Arrays.stream(row).allMatch(Double::isFinite));
    if (!complete) {
      throw new IllegalArgumentException("comparison: " + methods.size() + " methods on " + datasets.size()
          + " datasets; give at least two methods, one dataset, and a finite score of each method for each dataset");
    }
    double[] pValues = new double[methods.size() - 1];
    Arrays.setAll(pValues, i -> Wilcoxon.of(scores[0], scores[i + 1]).pValue());
    double[] corrected = Holm.corrected(pValues);
    List<Duel> duels = new ArrayList<>();
    for (int i = 0; i < pValues.length; i++) {
      double[] theirs = scores[i + 1];
      int wins = count(datasets.size(), n -> scores[0][n] > theirs[n] + Ranks.EQUAL);
      int losses = count(datasets.size(), n -> scores[0][n] < theirs[n] - Ranks.EQUAL);
      duels.add(new Duel(methods.get(i + 1), wins, datasets.size() - wins - losses, losses, pValues[i], corrected[i]));
    }
    return new Comparison(List.copyOf(methods), List.copyOf(datasets), scores, averageRanks(scores), List.copyOf(duels),
        criticalDifference(methods.size(), datasets.size()));
  }

  private static int count(int datasets, IntPredicate condition) {
    return (int) IntStream.range(0, datasets).filter(condition).count();
  }

  private static double[] averageRanks(double[][] scores) {
    double[] ranks = new double[scores.length];
    int datasets = scores[0].length;
    for (int n = 0; n < datasets; n++) {
      int dataset = n;
      double[] ofDataset = Ranks.descending(Arrays.stream(scores).mapToDouble(row -> row[dataset]).toArray());
      for (int m = 0; m < ranks.length; m++) ranks[m] += ofDataset[m];
    }
    for (int m = 0; m < ranks.length; m++) ranks[m] /= datasets;
    return ranks;
  }

  private static double criticalDifference(int methods, int datasets) {
    return StudentizedRange.critical(methods, LEVEL) / Math.sqrt(2) * Math.sqrt(methods * (methods + 1) / (6.0 * datasets));
  }

  /// Largest groups of methods whose average ranks all lie within one critical difference; a method alone is no group.
  ///
  /// @return indices of methods, best rank first, the group of the best method first
  public List<List<Integer>> groups() {
    List<Integer> order = IntStream.range(0, methods.size()).boxed().sorted(Comparator.comparingDouble(m -> averageRanks[m]))
        .toList();
    List<List<Integer>> groups = new ArrayList<>();
    int covered = 0; // methods of the order that a group so far reaches
    for (int from = 0; from < order.size(); from++) {
      int to = from + 1;
      while (to < order.size() && averageRanks[order.get(to)] - averageRanks[order.get(from)] <= criticalDifference) to++;
      if (to - from > 1 && to > covered) groups.add(order.subList(from, to));
      covered = Math.max(covered, to);
    }
    return groups;
  }

  /// A method's mean score over all datasets.
  public double mean(int method) {
    return Arrays.stream(scores[method]).average().orElseThrow();
  }
}
