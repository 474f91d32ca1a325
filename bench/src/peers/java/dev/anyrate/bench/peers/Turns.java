package dev.anyrate.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What was measured of one workload, turn by turn.
///
/// @param seconds   of one call, a number for each turn of a side
/// @param peakFlops FLOP/s that the core reached at the end of each round
record Turns(Map<Side, List<Double>> seconds, List<Double> peakFlops) {
  void add(Side side, double time) {
    seconds.computeIfAbsent(side, _ -> new ArrayList<>()).add(time);
  }

  boolean has(Side side) {
    return seconds.containsKey(side);
  }

  double median(Side side) {
    return median(seconds.get(side));
  }

  /// (slowest − fastest turn) / median
  double spread(Side side) {
    var statistics = seconds.get(side).stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return (statistics.getMax() - statistics.getMin()) / median(side);
  }

  /// How many times as fast Anyrate is as another side: the median over rounds of the ratio within a round.
  double ratio(Side other) {
    List<Double> ours = seconds.get(Side.ANYRATE);
    List<Double> theirs = seconds.get(other);
    return median(IntStream.range(0, ours.size()).mapToObj(i -> theirs.get(i) / ours.get(i)).toList());
  }

  double peak() {
    return peakFlops.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
