package dev.anyrate.demo.report;

import java.util.List;

/// One or more plots under a heading, with one legend for all of them.
///
/// @param caption what is to be seen, plain text below the plots
/// @param legend  entries of the shared legend; empty where the plots explain themselves
public record Figure(String title, String caption, Layout layout, List<LegendEntry> legend, List<Plot> plots)
    implements Section {
  /// How the plots stand on a wide screen and in print; on a phone they always stand one below the other.
  public enum Layout {
    /// One plot over the whole width.
    WIDE,
    /// Two in a row.
    PAIR,
    /// Two in a row, each about as high as wide: for maps.
    SQUARE_PAIR,
    /// Three small ones in a row.
    SMALL_MULTIPLES
  }

  /// A line of the legend: the look and what it stands for.
  public record LegendEntry(String label, Look look) {}

  public Figure {
    if (plots.isEmpty()) throw new IllegalArgumentException("figure " + title + ": has no plot; leave the section out instead");
    legend = List.copyOf(legend);
    plots = List.copyOf(plots);
  }

  /// A figure whose legend lists each different pair of label and look among the curves, guides left out.
  public static Figure withLegend(String title, String caption, Layout layout, List<Plot> plots) {
    List<LegendEntry> legend = plots.stream().flatMap(plot -> plot.curves().stream()).filter(Curve::named)
        .map(curve -> new LegendEntry(curve.label(), curve.look())).distinct().toList();
    return new Figure(title, caption, layout, legend, plots);
  }
}
