package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Critical-difference diagram: each method by name at its average rank, best at the left, and a bar under those that the data cannot tell apart.
///
/// @see <a href="https://jmlr.org/papers/v7/demsar06a.html">Demšar (2006), figure 1</a>
public final class CriticalDifferences {
  private static final double BAR_STEP = 0.5; // between bars, in rows of methods
  private static final double AXIS_END = 0.5; // ranks left and right of the first and the last

  private CriticalDifferences() {}

  /// @param methods      names
  /// @param averageRanks of each
  /// @param groups       indices of methods that do not differ significantly
  /// @param difference   the critical one
  public static Figure figure(List<String> methods, double[] averageRanks, List<List<Integer>> groups, double difference) {
    List<Integer> order = IntStream.range(0, methods.size()).boxed().sorted(Comparator.comparingDouble(m -> averageRanks[m]))
        .toList();
    List<Curve> curves = new ArrayList<>();
    List<Curve> stems = new ArrayList<>();
    List<Plot.TextMark> marks = new ArrayList<>();
    for (int row = 0; row < order.size(); row++) {
      int method = order.get(row);
      double height = order.size() - row;
      Look look = Look.line(method);
      String name = String.format(Locale.ROOT, "%s (%.2f)", methods.get(method), averageRanks[method]);
      Point point = new Point(averageRanks[method], height);
      curves.add(new Curve(name, Look.cloud(look.colour(), look.marker()), List.of(point)));
      boolean inLeftHalf = averageRanks[method] <= (1 + order.size()) / 2.0;
      marks.add(new Plot.TextMark(name, point, inLeftHalf ? Plot.Side.RIGHT : Plot.Side.LEFT));
      stems.add(Curve.guide(new Look(Look.Colour.FAINT, Look.Dash.SOLID, Look.Marker.NONE, Look.Weight.NORMAL),
          List.of(point, new Point(averageRanks[method], 0))));
    }
    curves.addAll(stems);
    double top = order.size() + 1;
    if (1 + difference < methods.size() + AXIS_END) {
      curves.add(Curve.guide(new Look(Look.Colour.INK, Look.Dash.SOLID, Look.Marker.NONE, Look.Weight.NORMAL),
          List.of(new Point(1, top), new Point(1 + difference, top))));
      marks.add(new Plot.TextMark("CD", new Point(1 + difference / 2, top), Plot.Side.CENTRE));
    }
    for (int g = 0; g < groups.size(); g++) {
      double height = -BAR_STEP * (g + 1);
      curves.add(Curve.guide(new Look(Look.Colour.INK, Look.Dash.SOLID, Look.Marker.NONE, Look.Weight.STRONG),
          List.of(new Point(averageRanks[groups.get(g).getFirst()], height),
              new Point(averageRanks[groups.get(g).getLast()], height))));
    }
    Axis x = new Axis("average rank (1 is best)", Axis.Scale.LINEAR, 1 - AXIS_END, methods.size() + AXIS_END,
        IntStream.rangeClosed(1, methods.size()).mapToObj(Double::valueOf).toList());
    double lowest = -BAR_STEP * (groups.size() + 1);
    Axis y = Axis.between("", lowest, top + BAR_STEP);
    String caption = String.format(Locale.ROOT,
        "Average rank over the datasets. Methods that one bar joins do not differ at the 5 %% level: their ranks lie within the critical difference (CD) of %.2f (Nemenyi).",
        difference);
    Plot plot = new Plot("",
        "Average ranks, best first: " + String.join(", ", curves.stream().filter(Curve::named).map(Curve::label).toList()) + ".",
        x, y, curves, marks);
    return new Figure("Average ranks and critical difference", caption, Figure.Layout.WIDE, List.of(), List.of(plot));
  }
}
