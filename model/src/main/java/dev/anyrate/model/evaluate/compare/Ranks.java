package dev.anyrate.model.evaluate.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Ranks from 1 on; equal values share the mean of their ranks.
final class Ranks {
  /// Scores are means of accuracies, and those come from counts: what differs by less than this is a rounding.
  static final double EQUAL = 1e-9;

  private Ranks() {}

  /// Neighbours in the order that are equal but for a rounding share a rank. Values brought to a grid would not do: two that differ by a rounding may lie on both sides of
  /// one of its edges.
  ///
  /// @param values `[N]`. Read.
  /// @return `[N]`, 1 for the smallest
  static double[] ascending(double[] values) {
    int[] order = IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue).toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length;) {
      int to = from + 1;
      while (to < order.length && values[order[to]] - values[order[to - 1]] <= EQUAL) to++;
      for (int i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2.0;
      from = to;
    }
    return ranks;
  }

  /// @return `[N]`, 1 for the largest
  static double[] descending(double[] values) {
    return ascending(Arrays.stream(values).map(value -> -value).toArray());
  }
}
