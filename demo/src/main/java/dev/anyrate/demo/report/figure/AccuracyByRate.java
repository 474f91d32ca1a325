package dev.anyrate.demo.report.figure;

import static java.util.stream.Collectors.joining;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.ArrayList;
import java.util.List;

/// Retention curves: the accuracy of a probe trained at the native rate and tested at each rate, with every baseline beside it.
public final class AccuracyByRate {
  private static final String CAPTION = """
      Share of test series that a probe trained at the native rate (1) classifies correctly at another rate, without being \
      told the rate. A method that holds at any rate is a level line.""";

  private AccuracyByRate() {}

  /// The methods under one protocol, `whole series` or `window`.
  ///
  /// @param methods accuracy of each, as a share; the method that the report is about first
  public record Panel(String title, List<RateCurve> methods) {
    public Panel {
      methods = List.copyOf(methods);
    }
  }

  /// @param panels one for each protocol; a method has the same look in all of them
  /// @param chance share that guessing gets right, drawn as a reference; NaN to leave it out
  public static Figure figure(List<Panel> panels, double chance) {
    return figure("Accuracy by rate", CAPTION, panels, chance);
  }

  /// Under a heading and with a caption of its own, where a page has several of these.
  ///
  /// @param panels one for each protocol; a method has the same look in all of them
  /// @param chance share that guessing gets right, drawn as a reference; NaN to leave it out
  public static Figure figure(String title, String caption, List<Panel> panels, double chance) {
    List<RateCurve> all = panels.stream().flatMap(panel -> panel.methods().stream()).toList();
    List<String> names = all.stream().map(RateCurve::name).distinct().toList();
    Axis x = Rates.axis(all.stream().flatMap(RateCurve::rates).toList());
    Axis y = Axis.between("accuracy (share correct)", lowerEnd(all, chance), 1);
    List<Plot> plots = panels.stream().map(panel -> plot(panel, names, x, y, chance)).toList();
    return Figure.withLegend(title, caption, Figure.Layout.PAIR, plots);
  }

  private static Plot plot(Panel panel, List<String> names, Axis x, Axis y, double chance) {
    List<Curve> curves = new ArrayList<>();
    for (RateCurve method : panel.methods())
      curves.add(new Curve(method.name(), Look.line(names.indexOf(method.name())), method.points()));
    if (Double.isFinite(chance)) {
      curves.add(new Curve("chance", Look.reference(), List.of(new Point(x.min(), chance), new Point(x.max(), chance))));
    }
    String description = panel.methods().stream().map(RateCurve::summary)
        .collect(joining("; ", "Accuracy by rate, " + panel.title() + ": ", "."));
    return new Plot(panel.title(), description, x, y, curves, List.of());
  }

  /// A tenth at or below the lowest value: one scale for all panels, and nothing is cut off.
  private static double lowerEnd(List<RateCurve> methods, double chance) {
    double lowest = Double.isFinite(chance) ? chance : 1;
    for (RateCurve method : methods) lowest = Math.min(lowest, method.lowest());
    return Math.max(0, Math.floor(lowest * 10 - 0.5) / 10);
  }
}
