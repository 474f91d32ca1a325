package dev.anyrate.demo.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingMapTest {
  private static final List<Double> RATES = List.of(0.5, 1.0, 2.0);

  private static EmbeddingMap.Series series(String label, double x) {
    return new EmbeddingMap.Series(label, List.of(new Point(x, 0), new Point(x, 1), new Point(x, 2)));
  }

  private static Figure figure(EmbeddingMap.Series... series) {
    return EmbeddingMap.figure(RATES, List.of(new EmbeddingMap.Panel("After training", List.of(series), 0.42, Double.NaN)));
  }

  @Test
  void classesDifferInColourAndRatesInShape() {
    List<Curve> curves = figure(series("a", 0), series("b", 9)).plots().getFirst().curves();
    Curve slowA = curves.get(0);
    Curve nativeA = curves.get(1);
    Curve nativeB = curves.get(4);
    assertEquals("class a, rate 0.5", slowA.label());
    assertEquals("class b, rate 1", nativeB.label());
    assertEquals(Look.Marker.CIRCLE, nativeA.look().marker());
    assertEquals(nativeA.look().marker(), nativeB.look().marker());
    assertEquals(slowA.look().colour(), nativeA.look().colour());
    assertTrue(nativeA.look().colour() != nativeB.look().colour());
    assertEquals(3, curves.subList(0, 3).stream().map(curve -> curve.look().marker()).distinct().count());
  }

  @Test
  void classesOfOneColourDifferInFill() {
    Figure figure = figure(IntStream.range(0, 24).mapToObj(c -> series("class" + c, c)).toArray(EmbeddingMap.Series[]::new));
    assertEquals(24, figure.legend().stream().limit(24).map(Figure.LegendEntry::look).distinct().count());
    assertEquals(72, figure.plots().getFirst().curves().stream().filter(Curve::named).map(Curve::look).distinct().count());
  }

  @Test
  void theLegendNamesClassesInOrderThenRates() {
    assertEquals(List.of("class 9", "class 10", "rate 0.5", "rate 1", "rate 2"),
        figure(series("10", 0), series("9", 9)).legend().stream().map(Figure.LegendEntry::label).toList());
  }

  @Test
  void theNameOfAClassStandsInItsMiddle() {
    Plot plot = figure(series("a", 1), series("a", 2), series("a", 50)).plots().getFirst();
    assertEquals(List.of(new Plot.TextMark("a", new Point(2, 1), Plot.Side.CENTRE)), plot.marks());
  }

  @Test
  void theNameOfABentClassStandsAtOneOfItsPoints() {
    Figure figure = EmbeddingMap.figure(List.of(1.0), List.of(new EmbeddingMap.Panel("", IntStream.range(0, 9)
        .mapToObj(i -> new EmbeddingMap.Series("a", List.of(new Point(i - 4, (i - 4) * (i - 4))))).toList(), 0.5, 0.5)));
    Point at = figure.plots().getFirst().marks().getFirst().at();
    assertEquals(at.x() * at.x(), at.y());
  }

  @Test
  void thePointsOfASeriesAreJoinedAndSeriesAreNot() {
    List<Point> links = figure(series("a", 0), series("a", 9)).plots().getFirst().curves().getLast().points();
    assertEquals(8, links.size());
    assertEquals(Point.GAP, links.get(3));
    assertEquals(Point.GAP, links.get(7));
  }

  @Test
  void bothDirectionsHaveOneScaleThatHoldsAllPoints() {
    Plot plot = figure(series("a", -10), series("b", 30)).plots().getFirst();
    assertEquals(plot.x().max() - plot.x().min(), plot.y().max() - plot.y().min(), 1e-9);
    assertTrue(plot.x().min() < -10 && plot.x().max() > 30, plot.x().toString());
    assertEquals(1, (plot.y().min() + plot.y().max()) / 2, 1e-9);
  }

  @Test
  void theAxisTellsItsShareOfTheVarianceWhereKnown() {
    Plot plot = figure(series("a", 0)).plots().getFirst();
    assertEquals("1st principal component (42 % of variance)", plot.x().title());
    assertEquals("2nd principal component", plot.y().title());
  }

  @Test
  void embeddingsAtOnePointStillHaveARoom() {
    EmbeddingMap.Series collapsed = new EmbeddingMap.Series("a", List.of(new Point(5, 5), new Point(5, 5), Point.GAP));
    Plot plot = figure(collapsed).plots().getFirst();
    assertTrue(plot.x().min() < 5 && plot.x().max() > 5, plot.x().toString());
  }

  @Test
  void aSeriesWithoutAPositionForEachRateIsRefused() {
    var refused = assertThrows(IllegalArgumentException.class,
        () -> figure(new EmbeddingMap.Series("a", List.of(new Point(0, 0)))));
    assertEquals("embedding map: a series of class a has 1 positions for 3 rates; give one for each rate", refused.getMessage());
  }
}
