package dev.anyrate.demo.page;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.report.Point;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.figure.EmbeddingMap;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.PrincipalComponents;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The plane along which the native embeddings differ most, and every series on it at several rates; before and after training.
final class EmbeddingPlane {
  private static final List<Double> RATES = List.of(0.25, 1.0, 4.0);
  private static final int MOST_SERIES = 300; // more would not be drawn

  private EmbeddingPlane() {}

  static Section figure(TimeSeriesSet set, Embedder untrained, Embedder trained) {
    TimeSeriesSet shown = spread(set);
    return EmbeddingMap.figure(RATES, List.of(panel("untrained", untrained, shown), panel("trained", trained, shown)));
  }

  private static TimeSeriesSet spread(TimeSeriesSet set) {
    int count = Math.min(set.size(), MOST_SERIES);
    int[] indices = new int[count];
    Arrays.setAll(indices, i -> (int) ((long) i * set.size() / count));
    return set.select(indices);
  }

  private static EmbeddingMap.Panel panel(String title, Embedder embedder, TimeSeriesSet set) {
    float[][] home = embedder.embed(set);
    PrincipalComponents components = PrincipalComponents.of(home, 2);
    var positions = new ArrayList<double[][]>(); // by rate [N][2]
    for (double rate : RATES) {
      positions.add(components.project(rate == 1 ? home : embedder.embed(RateProtocol.WHOLE.at(set, rate))));
    }
    var series = new ArrayList<EmbeddingMap.Series>();
    for (int i = 0; i < set.size(); i++) {
      int index = i;
      series.add(new EmbeddingMap.Series(set.get(i).label().orElseThrow(),
          positions.stream().map(at -> new Point(at[index][0], at[index][1])).toList()));
    }
    double total = totalVariance(home);
    return new EmbeddingMap.Panel(title, series, components.variances()[0] / total, components.variances()[1] / total);
  }

  private static double totalVariance(float[][] rows) {
    double total = 0;
    for (int e = 0; e < rows[0].length; e++) {
      int column = e;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
      total += Arrays.stream(rows).mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).average().orElseThrow();
    }
    return total;
  }
}
