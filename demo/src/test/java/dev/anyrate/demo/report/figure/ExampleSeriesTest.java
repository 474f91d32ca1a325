package dev.anyrate.demo.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleSeriesTest {
  private static final ExampleSeries.View NATIVE = ExampleSeries.View.of("native", 0, 4, new float[] {0, 1, 2, 1, 0});
  private static final ExampleSeries.View HALF = ExampleSeries.View.of("rate 0.5", 0, 4, new float[] {0, 2, -2});

  @Test
  void aViewLiesOnTheTimeAxisOfTheNativeSeries() {
    assertEquals(List.of(new Point(0, 0), new Point(2, 2), new Point(4, -2)), HALF.samples());
    assertEquals(List.of(new Point(3, 7)), ExampleSeries.View.of("one sample", 3, 3, new float[] {7}).samples());
  }

  @Test
  void everyViewHasAPlotAndAllShareTheirAxes() {
    Figure figure = ExampleSeries.figure(List.of(new ExampleSeries.Example("class 1", List.of(NATIVE, HALF))));
    assertEquals(List.of("class 1: native", "class 1: rate 0.5"), figure.plots().stream().map(Plot::title).toList());
    Plot recorded = figure.plots().get(0);
    Plot view = figure.plots().get(1);
    assertEquals(recorded.x(), view.x());
    assertEquals(recorded.y(), view.y());
    assertEquals(4, view.x().max());
    assertTrue(view.y().min() < -2 && view.y().max() > 2, view.y().toString());
  }

  @Test
  void theRecordedSeriesIsAGuideBehindItsViews() {
    Figure figure = ExampleSeries.figure(List.of(new ExampleSeries.Example("class 1", List.of(NATIVE, HALF))));
    assertEquals(1, figure.plots().get(0).curves().size());
    assertFalse(figure.plots().get(1).curves().getLast().named());
    assertEquals(NATIVE.samples(), figure.plots().get(1).curves().getLast().points());
  }

  @Test
  void aConstantSeriesHasAnAutomaticAxis() {
    var constant = ExampleSeries.View.of("native", 0, 2, new float[] {3, 3, Float.NaN});
    Plot plot = ExampleSeries.figure(List.of(new ExampleSeries.Example("flat", List.of(constant)))).plots().getFirst();
    assertTrue(Double.isNaN(plot.y().min()) && Double.isNaN(plot.y().max()));
  }
}
