package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the loss does not show of a training: whether the embeddings spread, and whether they give the rate away.
public final class TrainingHealth {
  private static final String CAPTION = """
      Left: in how many directions the embeddings of training series spread (effective rank); near 1 they have collapsed. \
      Right: how often a probe tells half, native and double rate from the embedding; an embedding that holds at any rate stays at chance.""";

  private TrainingHealth() {}

  /// @param epochs        at which the embeddings were looked at
  /// @param effectiveRank at each of them
  /// @param rateTold      share of series whose rate a probe told, at each of them
  /// @param chance        of telling it
  public static Figure figure(double[] epochs, double[] effectiveRank, double[] rateTold, double chance) {
    double last = epochs[epochs.length - 1];
    Axis x = Axis.between("epoch", 0, last + 1);
    Plot rank = new Plot("effective rank", summary("Effective rank", effectiveRank), x,
        Axis.between("directions", 0, Math.ceil(1.1 * Arrays.stream(effectiveRank).max().orElse(1))),
        List.of(curve("effective rank", 0, epochs, effectiveRank)), List.of());
    Curve reference = new Curve("chance", Look.reference(), List.of(new Point(0, chance), new Point(last + 1, chance)));
    Plot told = new Plot("rate told from the embedding", summary("Share of series whose rate is told", rateTold), x,
        Axis.between("share told", 0, 1), List.of(curve("rate told", 1, epochs, rateTold), reference), List.of());
    return Figure.withLegend("Embeddings during training", CAPTION, Figure.Layout.PAIR, List.of(rank, told));
  }

  private static Curve curve(String name, int look, double[] epochs, double[] values) {
    Look line = Look.line(look);
    return new Curve(name, new Look(line.colour(), Look.Dash.SOLID, line.marker(), Look.Weight.STRONG),
        Point.zip(epochs, values));
  }

  private static String summary(String what, double[] values) {
    return String.format(Locale.ROOT, "%s by epoch: %.2f at first, %.2f at last.", what, values[0], values[values.length - 1]);
  }
}
