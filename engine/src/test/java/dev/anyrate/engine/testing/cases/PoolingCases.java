package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.MaxOverTime;
import dev.anyrate.engine.ops.MeanOverTime;
import dev.anyrate.engine.ops.StatisticsOverTime;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cases of [MeanOverTime], [MaxOverTime] and [StatisticsOverTime].
public final class PoolingCases {
  private static final float EPSILON = 1e-3f;

  private PoolingCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(channels -> add(cases, 7, channels, 7, 3, 5));
    Sizes.aroundLanesFromTwo().forEach(length -> add(cases, length, 5, length, length - 1, 2));
    add(cases, 4, 6, 1, 4, 1); // series of one sample
    add(cases, 13, 25, 13);
    add(cases, 90, 65, 90, 33, 64);
    return cases;
  }

  private static void add(List<OpCase> cases, int length, int channels, int... lengths) {
    int batch = lengths.length;
    String setting = " [" + batch + ", " + length + ", " + channels + "], lengths " + Arrays.toString(lengths);
    cases.add(series("mean over time" + setting, length, channels, lengths)
        .build(tensors -> new MeanOverTime(tensors.get(0), tensors.get(1)),
            x -> pick(0, batch, channels, reference(length, channels, x))));
    cases.add(series("max over time" + setting, length, channels, lengths)
        .build(tensors -> new MaxOverTime(tensors.get(0), tensors.get(1)),
            x -> pick(1, batch, channels, reference(length, channels, x))));
    cases.add(series("statistics over time" + setting, length, channels, lengths)
        .build(tensors -> new StatisticsOverTime(tensors.get(0), tensors.get(1), EPSILON), x -> reference(length, channels, x)));
  }

  private static CaseBuilder series(String name, int length, int channels, int... lengths) {
    return new CaseBuilder(name).distinct(lengths.length, length, channels).padded(lengths).counts(lengths);
  }

  /// One of the four statistics.
  private static double[] pick(int statistic, int batch, int channels, double[] statistics) {
    double[] y = new double[batch * channels];
    for (int b = 0; b < batch; b++) System.arraycopy(statistics, (b * 4 + statistic) * channels, y, b * channels, channels);
    return y;
  }

  /// Mean, maximum, deviation and share of positive values, `[B, 4, C]`.
  private static double[] reference(int length, int channels, double[][] inputs) {
    double[] x = inputs[0];
    double[] lengths = inputs[1];
    double[] y = new double[lengths.length * 4 * channels];
    for (int b = 0; b < lengths.length; b++) {
      for (int c = 0; c < channels; c++) {
        double n = lengths[b];
        double mean = 0;
        double maximum = Double.NEGATIVE_INFINITY;
        double positive = 0;
        for (int t = 0; t < n; t++) {
          double value = x[(b * length + t) * channels + c];
          mean += value / n;
          maximum = Math.max(maximum, value);
          if (value > 0) positive++;
        }
        double variance = 0;
        for (int t = 0; t < n; t++) variance += Math.pow(x[(b * length + t) * channels + c] - mean, 2) / n;
        double[] statistics = {mean, maximum, Math.sqrt(variance + EPSILON), positive / n};
        for (int s = 0; s < 4; s++) y[(b * 4 + s) * channels + c] = statistics[s];
      }
    }
    return y;
  }
}
