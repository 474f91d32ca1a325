package dev.anyrate.demo.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingPlaneTest {
  private static final int CLASSES = 4;

  /// Classes lie at the four ends of a cross in two of five dimensions, one arm twice as long as the other.
  private static float[][] crossOfClasses(TimeSeriesSet set) {
    float[][] rows = new float[set.size()][5];
    for (int i = 0; i < rows.length; i++) {
      int k = set.classNames().indexOf(set.get(i).label().orElseThrow());
      rows[i][k % 2 == 0 ? 1 : 3] = (k < 2 ? 1 : -1) * (k % 2 == 0 ? 2 : 1);
    }
    return rows;
  }

  private static Plot plot(int series) {
    Figure figure = (Figure) EmbeddingPlane.figure(SyntheticData.create(series, 16, 1, CLASSES, 1),
        EmbeddingPlaneTest::crossOfClasses,
        EmbeddingPlaneTest::crossOfClasses);
    assertEquals(figure.plots().get(0).curves(), figure.plots().get(1).curves(), "the same rule for both encoders");
    return figure.plots().getFirst();
  }

  @Test
  void thePlaneIsThatOfTheDirectionsThatDifferAndAllRatesLieOnIt() {
    Plot plot = plot(40);
    assertEquals("1st principal component (80 % of variance)", plot.x().title());
    assertEquals("2nd principal component (20 % of variance)", plot.y().title());
    List<Point> points = plot.curves().stream().filter(Curve::named).flatMap(curve -> curve.points().stream()).toList();
    assertEquals(3 * 40, points.size());
    for (Point point : points) {
      assertEquals(1, Math.max(Math.abs(point.x()) / 2, Math.abs(point.y())), 1e-6);
      assertEquals(0, Math.min(Math.abs(point.x()), Math.abs(point.y())), 1e-6);
    }
  }

  @Test
  void ofManySeriesAChoiceOfEveryClassIsShown() {
    Plot plot = plot(600);
    assertEquals(CLASSES, plot.marks().size());
    assertEquals(3 * 120, plot.curves().stream().filter(Curve::named).mapToInt(curve -> curve.points().size()).sum());
  }
}
