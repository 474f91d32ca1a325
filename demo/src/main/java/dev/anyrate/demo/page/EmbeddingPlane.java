package dev.anyrate.demo.page;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.report.Point;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.figure.EmbeddingMap;
import dev.anyrate.model.algebra.Rows;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.PrincipalComponents;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The plane along which the native embeddings differ most, and every series on it at several rates; before and after training.
///
/// It is found for each encoder by the same rule, without labels or other rates, from its features before their whitening, which leaves no two directions that show much.
final class EmbeddingPlane {
  private static final List<Double> RATES = List.of(0.25, 1.0, 4.0);
  private static final int MOST_SERIES = 120; // more would hide one another

  private EmbeddingPlane() {}

  static Section figure(TimeSeriesSet set, Embedder untrained, Embedder trained) {
    TimeSeriesSet shown = set.draw(MOST_SERIES);
    return EmbeddingMap.figure(RATES, List.of(panel("untrained", untrained, shown), panel("trained", trained, shown)));
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
    double total = Arrays.stream(Rows.minus(home, components.mean())).mapToDouble(row -> Rows.dot(row, row)).average()
        .orElseThrow();
    return new EmbeddingMap.Panel(title, series, components.variances()[0] / total, components.variances()[1] / total);
  }
}
