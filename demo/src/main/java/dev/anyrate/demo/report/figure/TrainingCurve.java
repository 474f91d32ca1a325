package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Contrastive loss by epoch, with the loss of an encoder that tells nothing apart as a reference.
public final class TrainingCurve {
  /// Lines of more epochs than this have no markers.
  private static final int MOST_MARKERS = 60;
  private static final int MOST_TICKS = 12;

  private TrainingCurve() {}

  /// @param lossByEpoch mean NT-Xent loss of epoch 1, 2, …, in nats
  /// @param pairs       pairs in a batch (B); a view has 2B − 1 candidates, so that guessing costs log(2B − 1)
  public static Figure figure(double[] lossByEpoch, int pairs) {
    if (lossByEpoch.length == 0)
      throw new IllegalArgumentException("training curve: no epoch to show; leave the figure out instead");
    if (pairs < 2)
      throw new IllegalArgumentException("training curve: a batch of %d pairs has no negatives; give 2 or more".formatted(pairs));
    int epochs = lossByEpoch.length;
    double chance = Math.log(2.0 * pairs - 1);
    Look.Marker marker = epochs > MOST_MARKERS ? Look.Marker.NONE : Look.Marker.CIRCLE;
    Curve loss = new Curve("loss", new Look(Look.Colour.BLUE, Look.Dash.SOLID, marker, Look.Weight.STRONG),
        IntStream.range(0, epochs).mapToObj(i -> new Point(i + 1, lossByEpoch[i])).toList());
    String chanceLabel = String.format(Locale.ROOT, "chance level, log(2·%d − 1) = %.2f", pairs, chance);
    Curve reference = new Curve(chanceLabel, Look.reference(), List.of(new Point(0, chance), new Point(epochs + 1, chance)));
    String description = String.format(Locale.ROOT, "Loss by epoch: %.2f in epoch 1, %.2f in epoch %d; chance level %.2f.",
        lossByEpoch[0], lossByEpoch[epochs - 1], epochs, chance);
    Plot plot = new Plot("", description, epochAxis(epochs), Axis.of("NT-Xent loss (nats)"), List.of(loss, reference), List.of());
    return Figure.withLegend("Training",
        "Mean contrastive loss of each epoch. At the chance level the encoder tells no two series apart.",
        Figure.Layout.WIDE, List.of(plot));
  }

  /// Few epochs get a tick each, so that none falls between two of them.
  private static Axis epochAxis(int epochs) {
    List<Double> ticks = epochs > MOST_TICKS ? List.of() : IntStream.rangeClosed(1, epochs).mapToObj(Double::valueOf).toList();
    return new Axis("epoch", Axis.Scale.LINEAR, 0, epochs + 1, ticks);
  }
}
