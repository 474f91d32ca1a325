package dev.anyrate.demo.report.figure;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.naturalOrder;

import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Embeddings in two dimensions, coloured and filled by class and marked by rate; the points of one series at its rates are joined by a thin
/// line, which is short where the embedding holds.
public final class EmbeddingMap {
  private static final String CAPTION = """
      Each point is a series at one rate: colour, fill and name tell its class, the shape its rate; thin lines join the points \
      of one series. Where the embedding holds at any rate, the lines are short and the shapes of a class lie together; of those \
      that lie on one another the lowest rate is on top. \
      Shown are the first two principal components of the encoder's features at the native rate, before the whitening that evens out how \
      far they spread; the axes say how much of the variance that is. Both directions have the same scale.""";

  private EmbeddingMap() {}

  /// One series on the map.
  ///
  /// @param label     its class
  /// @param positions where it lies at each of the figure's rates, in their order
  public record Series(String label, List<Point> positions) {
    public Series {
      positions = List.copyOf(positions);
    }
  }

  /// One map, for instance before or after training.
  ///
  /// @param firstShare  share of the variance along the horizontal direction, 0 to 1; NaN if unknown
  /// @param secondShare the same for the vertical one
  public record Panel(String title, List<Series> series, double firstShare, double secondShare) {
    public Panel {
      series = List.copyOf(series);
    }
  }

  /// @param rates  relative to the native one, ascending
  /// @param panels maps side by side
  /// @throws IllegalArgumentException if a series has not one position for each rate
  public static Figure figure(List<Double> rates, List<Panel> panels) {
    panels.forEach(panel -> checkPositions(panel, rates));
    // Shortest first, so that class 10 comes after class 9.
    List<String> classes = panels.stream().flatMap(panel -> panel.series().stream()).map(Series::label).distinct()
        .sorted(comparing(String::length).thenComparing(naturalOrder())).toList();
    List<Plot> plots = panels.stream().map(panel -> plot(panel, rates, classes)).toList();
    return new Figure("Embeddings in two dimensions", CAPTION, Figure.Layout.SQUARE_PAIR, legend(rates, classes), plots);
  }

  private static void checkPositions(Panel panel, List<Double> rates) {
    for (Series series : panel.series()) {
      if (series.positions().size() != rates.size()) {
        throw new IllegalArgumentException(
            "embedding map: a series of class %s has %d positions for %d rates; give one for each rate"
                .formatted(series.label(), series.positions().size(), rates.size()));
      }
    }
  }

  /// Classes by colour and fill, and rates by shape: their sum, not their product.
  private static List<Figure.LegendEntry> legend(List<Double> rates, List<String> classes) {
    List<Figure.LegendEntry> legend = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      legend.add(new Figure.LegendEntry("class " + classes.get(c), Look.ofClass(c, Look.Marker.DOT)));
    }
    for (int r = 0; r < rates.size(); r++) {
      legend.add(new Figure.LegendEntry("rate " + Rates.text(rates.get(r)), Look.cloud(Look.Colour.INK, marker(rates, r))));
    }
    return legend;
  }

  /// A circle for the native rate, the other shapes in turn for the rest.
  private static Look.Marker marker(List<Double> rates, int index) {
    int circle = rates.indexOf(1.0);
    if (index == circle) return Look.Marker.CIRCLE;
    return Look.Marker.of(circle >= 0 && index > circle ? index : index + 1);
  }

  private static Plot plot(Panel panel, List<Double> rates, List<String> classes) {
    List<Series> shown = panel.series();
    List<Curve> curves = new ArrayList<>();
    List<Plot.TextMark> names = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      String name = classes.get(c);
      List<Series> members = shown.stream().filter(series -> series.label().equals(name)).toList();
      if (members.isEmpty()) continue;
      for (int r = 0; r < rates.size(); r++) {
        int rate = r;
        String label = "class " + name + ", rate " + Rates.text(rates.get(r));
        List<Point> points = members.stream().map(series -> series.positions().get(rate)).toList();
        curves.add(new Curve(label, Look.ofClass(c, marker(rates, r)), points));
      }
      names.add(new Plot.TextMark(name, central(positions(members)), Plot.Side.CENTRE));
    }
    curves.add(Curve.guide(new Look(Look.Colour.FAINT, Look.Dash.SOLID, Look.Marker.NONE, Look.Weight.THIN), links(shown)));
    MapFrame frame = MapFrame.around(positions(shown));
    String description = "Map of the embeddings of " + shown.size() + " series, each at " + rates.size() + " rates, in "
        + classes.size() + " classes: " + panel.title() + ".";
    return new Plot(panel.title(), description, frame.x(component("1st", panel.firstShare())),
        frame.y(component("2nd", panel.secondShare())), curves, names);
  }

  private static String component(String ordinal, double share) {
    return ordinal + " principal component" + (Double.isFinite(share) ? " (" + Math.round(100 * share) + " % of variance)" : "");
  }

  /// The point nearest to the middle of all: the middle of a bent cloud lies outside of it.
  private static Point central(List<Point> points) {
    Point middle = MapFrame.middle(points);
    return Collections.min(points, comparingDouble(point -> Math.hypot(point.x() - middle.x(), point.y() - middle.y())));
  }

  private static List<Point> positions(List<Series> series) {
    return series.stream().flatMap(each -> each.positions().stream()).toList();
  }

  /// The points of each series in the order of their rates, with a gap after each series.
  private static List<Point> links(List<Series> shown) {
    List<Point> links = new ArrayList<>();
    for (Series series : shown) {
      links.addAll(series.positions());
      links.add(Point.GAP);
    }
    return links;
  }
}
