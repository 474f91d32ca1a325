package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How the cosines of series with themselves at another rate spread, beside those with other series.
public final class CosineDistribution {
  private static final String CAPTION = """
      Share of cosines by their size: of a native series with itself at the other rate (own), and with other series (other). \
      Where the two humps lie apart, a threshold between them tells whether two recordings show the same thing; the AUROC is \
      the chance that an own cosine is the larger one.""";

  private CosineDistribution() {}

  /// The two distributions at one view.
  ///
  /// @param title such as `whole series, rate 0.25`
  /// @param own   share in each of equal bins from −1 to 1
  /// @param other likewise
  /// @param auroc of own against other
  public record Panel(String title, double[] own, double[] other, double auroc) {}

  /// @param panels three in a row
  public static Figure figure(List<Panel> panels) {
    double lowest = 1;
    double highest = 0;
    for (Panel panel : panels) {
      lowest = Math.min(lowest, Math.min(lowestOf(panel.own()), lowestOf(panel.other())));
      for (int b = 0; b < panel.own().length; b++) highest = Math.max(highest, Math.max(panel.own()[b], panel.other()[b]));
    }
    Axis x = Axis.between("cosine", lowest, 1);
    Axis y = Axis.between("share", 0, Math.ceil(highest * 10) / 10);
    List<Plot> plots = panels.stream().map(panel -> plot(panel, x, y)).toList();
    return Figure.withLegend("Own and other cosines", CAPTION, Figure.Layout.SMALL_MULTIPLES, plots);
  }

  private static double lowestOf(double[] shares) {
    for (int b = 0; b < shares.length; b++) {
      if (shares[b] > 0) return Math.floor((-1 + 2.0 * b / shares.length) * 5) / 5;
    }
    return 1;
  }

  private static Plot plot(Panel panel, Axis x, Axis y) {
    List<Curve> curves = List.of(
        new Curve("own", new Look(Look.Colour.BLUE, Look.Dash.SOLID, Look.Marker.NONE, Look.Weight.STRONG), steps(panel.own())),
        new Curve("other", new Look(Look.Colour.VERMILLION, Look.Dash.DASHED, Look.Marker.NONE, Look.Weight.NORMAL),
            steps(panel.other())));
    String title = String.format(Locale.ROOT, "%s: AUROC %.3f", panel.title(), panel.auroc());
    return new Plot(title, "Distribution of own and other cosines, " + title + ".", x, y, curves, List.of());
  }

  /// The outline of a histogram.
  private static List<Point> steps(double[] shares) {
    List<Point> outline = new ArrayList<>(2 * shares.length + 2);
    outline.add(new Point(-1, 0));
    for (int b = 0; b < shares.length; b++) {
      outline.add(new Point(-1 + 2.0 * b / shares.length, shares[b]));
      outline.add(new Point(-1 + 2.0 * (b + 1) / shares.length, shares[b]));
    }
    outline.add(new Point(1, 0));
    return outline;
  }
}
