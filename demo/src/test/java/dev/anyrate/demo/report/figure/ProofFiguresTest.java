package dev.anyrate.demo.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The figures that only proofs and benchmarks show.
class ProofFiguresTest {
  @Test
  void aDistributionIsDrawnAsTheOutlineOfItsBins() {
    double[] own = {0, 0, 0, 1};
    double[] other = {0, 0.5, 0.5, 0};
    Figure figure = CosineDistribution.figure(List.of(new CosineDistribution.Panel("whole series, rate 4", own, other, 0.875)));
    Curve drawn = figure.plots().getFirst().curves().getFirst();
    assertEquals("own", drawn.label());
    assertTrue(drawn.points().containsAll(List.of(new Point(0.5, 1), new Point(1, 1))));
    assertTrue(figure.plots().getFirst().title().endsWith("AUROC 0.875"));
    assertEquals(2, figure.legend().size());
  }

  @Test
  void methodsStandAtTheirRanksBestFirstAndABarJoinsThoseThatDoNotDiffer() {
    Figure figure = CriticalDifferences.figure(List.of("a", "b", "c"), new double[] {2.5, 1, 2.5}, List.of(List.of(0, 2)), 0.9);
    List<Curve> curves = figure.plots().getFirst().curves();
    assertEquals("b (1.00)", curves.getFirst().label());
    assertEquals(1, curves.getFirst().points().getFirst().x());
    Curve bar = curves.getLast();
    assertEquals(List.of(2.5, 2.5), bar.points().stream().map(Point::x).toList());
    assertTrue(bar.points().stream().allMatch(point -> point.y() < 0));
    assertTrue(figure.caption().contains("0.90"));
    assertEquals(List.of(new Plot.TextMark("b (1.00)", new Point(1, 3), Plot.Side.RIGHT),
        new Plot.TextMark("a (2.50)", new Point(2.5, 2), Plot.Side.LEFT),
        new Plot.TextMark("c (2.50)", new Point(2.5, 1), Plot.Side.LEFT),
        new Plot.TextMark("CD", new Point(1.45, 4), Plot.Side.CENTRE)), figure.plots().getFirst().marks());
    Curve ruler = curves.get(curves.size() - 2);
    assertEquals(List.of(1.0, 1.9), ruler.points().stream().map(Point::x).toList());
  }

  @Test
  void rankAndToldRateAreDrawnByEpochBesideChance() {
    Figure figure = TrainingHealth.figure(new double[] {1, 10}, new double[] {3, 7}, new double[] {0.4, 0.5}, 1.0 / 3);
    assertEquals(List.of(new Point(1, 3), new Point(10, 7)), figure.plots().getFirst().curves().getFirst().points());
    assertEquals(List.of("rate told", "chance"), figure.plots().get(1).curves().stream().map(Curve::label).toList());
  }
}
