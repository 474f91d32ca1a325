package dev.anyrate.demo.report.figure;

import static java.util.stream.Collectors.joining;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import java.util.ArrayList;
import java.util.List;

/// Cosine of a native series' embedding with that of the same series at another rate (own), and with those of the other series at
/// that rate (other).
///
/// Own alone means nothing: an encoder that maps everything to one point has own = 1. What counts is the gap between the two
/// lines.
public final class SimilarityByRate {
  private static final String CAPTION = """
      Mean cosine between the embedding of a native series and that of the same series at another rate (own, solid), \
      beside that with the other series at that rate (other, dotted). Own close to 1 means something only as far as other \
      stays below it: read the gap.""";

  private SimilarityByRate() {}

  /// The two quantities of one encoder, for instance trained or untrained.
  ///
  /// @param encoder its name, as the legend shows it
  public record Encoder(String encoder, RateCurve own, RateCurve other) {
    /// Rates and mean cosines of equal length.
    public static Encoder of(String encoder, double[] rates, double[] own, double[] other) {
      return new Encoder(encoder, RateCurve.of(encoder + ", own", rates, own), RateCurve.of(encoder + ", other", rates, other));
    }
  }

  /// The encoders under one protocol, `whole series` or `window`, the one that the report is about first.
  public record Panel(String title, List<Encoder> encoders) {
    public Panel {
      encoders = List.copyOf(encoders);
    }

    List<RateCurve> curves() {
      return encoders.stream().flatMap(encoder -> List.of(encoder.own(), encoder.other()).stream()).toList();
    }
  }

  /// @param panels one for each protocol, with the same encoders in the same order
  public static Figure figure(List<Panel> panels) {
    List<RateCurve> all = panels.stream().flatMap(panel -> panel.curves().stream()).toList();
    Axis x = Rates.axis(all.stream().flatMap(RateCurve::rates).toList());
    double lowest = all.stream().mapToDouble(RateCurve::lowest).min().orElse(0);
    Axis y = Axis.between("mean cosine", lowest < 0 ? Math.max(-1, Math.floor(lowest * 5) / 5) : 0, 1);
    List<Plot> plots = panels.stream().map(panel -> plot(panel, x, y)).toList();
    return Figure.withLegend("Similarity by rate", CAPTION, Figure.Layout.PAIR, plots);
  }

  private static Plot plot(Panel panel, Axis x, Axis y) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < panel.encoders().size(); i++) {
      Encoder encoder = panel.encoders().get(i);
      Look own = Look.line(i);
      curves.add(new Curve(encoder.own().name(), new Look(own.colour(), Look.Dash.SOLID, own.marker(), own.weight()),
          encoder.own().points()));
      curves.add(new Curve(encoder.other().name(), new Look(own.colour(), Look.Dash.DOTTED, own.marker(), own.weight()),
          encoder.other().points()));
    }
    String description = panel.curves().stream().map(RateCurve::summary)
        .collect(joining("; ", "Mean cosine by rate, " + panel.title() + ": ", "."));
    return new Plot(panel.title(), description, x, y, curves, List.of());
  }
}
