package dev.anyrate.demo.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import dev.anyrate.demo.report.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateFiguresTest {
  private static final double[] RATES = {0.25, 1, 4};
  private static final RateCurve TRAINED = RateCurve.of("trained", RATES, new double[] {0.875, 0.97, 0.96});
  private static final RateCurve UNTRAINED = RateCurve.of("untrained", RATES, new double[] {0.43, 0.9, Double.NaN});

  @Test
  void accuracyHasAPlotForEachProtocolWithCommonAxes() {
    Figure figure = AccuracyByRate.figure(List.of(new AccuracyByRate.Panel("Whole", List.of(TRAINED, UNTRAINED)),
        new AccuracyByRate.Panel("Window", List.of(UNTRAINED))), Double.NaN);
    Plot whole = figure.plots().get(0);
    Plot window = figure.plots().get(1);
    assertEquals(List.of("Whole", "Window"), figure.plots().stream().map(Plot::title).toList());
    assertEquals(TRAINED.points(), whole.curves().getFirst().points());
    assertEquals(whole.x(), window.x());
    assertEquals(whole.y(), window.y());
    assertEquals(List.of(0.25, 1.0, 4.0), whole.x().ticks());
    assertEquals(Axis.Scale.LOGARITHMIC, whole.x().scale());
    assertEquals(0.3, whole.y().min(), 1e-12);
    assertEquals(1, whole.y().max());
  }

  @Test
  void aMethodLooksTheSameInEveryProtocol() {
    Figure figure = AccuracyByRate.figure(List.of(new AccuracyByRate.Panel("Whole", List.of(TRAINED, UNTRAINED)),
        new AccuracyByRate.Panel("Window", List.of(UNTRAINED))), Double.NaN);
    assertEquals(figure.plots().get(0).curves().get(1).look(), figure.plots().get(1).curves().getFirst().look());
    assertEquals(List.of("trained", "untrained"), figure.legend().stream().map(Figure.LegendEntry::label).toList());
  }

  @Test
  void chanceIsAReferenceOverTheWholeAxis() {
    Plot plot = AccuracyByRate.figure(List.of(new AccuracyByRate.Panel("Whole", List.of(TRAINED))), 0.2).plots().getFirst();
    Curve chance = plot.curves().getLast();
    assertEquals("chance", chance.label());
    assertEquals(List.of(new Point(plot.x().min(), 0.2), new Point(plot.x().max(), 0.2)), chance.points());
    assertTrue(plot.y().min() < 0.2);
  }

  @Test
  void theDescriptionTellsLowestAndHighest() {
    Plot plot = AccuracyByRate.figure(List.of(new AccuracyByRate.Panel("Whole", List.of(TRAINED, UNTRAINED))), 0.2).plots()
        .getFirst();
    assertEquals(
        "Accuracy by rate, Whole: trained 0.88 at rate 0.25 to 0.97 at rate 1; untrained 0.43 at rate 0.25 to 0.90 at rate 1.",
        plot.description());
  }

  @Test
  void similarityShowsOwnSolidAndOtherDottedInTheColourOfTheEncoder() {
    var trained = SimilarityByRate.Encoder.of("trained", RATES, new double[] {0.9, 1, 0.95}, new double[] {0.3, 0.31, -0.32});
    Plot plot = SimilarityByRate.figure(List.of(new SimilarityByRate.Panel("Whole", List.of(trained)))).plots().getFirst();
    Curve own = plot.curves().get(0);
    Curve other = plot.curves().get(1);
    assertEquals("trained, own", own.label());
    assertEquals("trained, other", other.label());
    assertEquals(0.9, own.points().getFirst().y());
    assertEquals(0.3, other.points().getFirst().y());
    assertEquals(Look.Dash.SOLID, own.look().dash());
    assertEquals(Look.Dash.DOTTED, other.look().dash());
    assertEquals(own.look().colour(), other.look().colour());
    assertEquals(-0.4, plot.y().min(), 1e-12);
  }

  @Test
  void theTableHasARowForEachMethodAndADashWhereNothingWasMeasured() {
    Table table = RateTable.of("Accuracy", "share",
        List.of(TRAINED, UNTRAINED, RateCurve.of("native only", new double[] {1}, new double[] {0.5})));
    assertEquals(List.of("rate", "0.25", "1", "4"), table.columns());
    assertEquals(List.of("0.875", "0.970", "0.960"), table.rows().get(0).cells());
    assertEquals(List.of("0.430", "0.900", "–"), table.rows().get(1).cells());
    assertEquals(List.of("–", "0.500", "–"), table.rows().get(2).cells());
  }

  @Test
  void aRateIsShownWithoutTheNoiseOfItsArithmetic() {
    assertEquals("0.65", Rates.text(0.2 + 3 * 0.15));
    assertEquals("2", Rates.text(2));
    assertEquals("100", Rates.text(100));
    assertEquals("0.0001", Rates.text(1e-4));
  }

  @Test
  void ratesAreSorted() {
    assertEquals(List.of(new Point(0.5, 2), new Point(2, 1)),
        RateCurve.of("any", new double[] {2, 0.5}, new double[] {1, 2}).points());
  }

  @Test
  void aRateThatIsNotPositiveIsRefused() {
    for (double rate : new double[] {0, -1, Double.NaN}) {
      var refused = assertThrows(IllegalArgumentException.class,
          () -> RateCurve.of("any", new double[] {rate}, new double[] {1}));
      assertEquals("rate curve any: rate " + rate + " is not positive", refused.getMessage());
    }
  }

  @Test
  void aMethodWithoutAnyMeasurementIsSaidSo() {
    RateCurve nothing = RateCurve.of("none", RATES, new double[] {Double.NaN, Double.NaN, Double.NaN});
    Plot plot = AccuracyByRate.figure(List.of(new AccuracyByRate.Panel("Whole", List.of(nothing))), Double.NaN).plots()
        .getFirst();
    assertEquals("Accuracy by rate, Whole: none not measured.", plot.description());
    assertFalse(Double.isNaN(plot.y().min()));
  }
}
