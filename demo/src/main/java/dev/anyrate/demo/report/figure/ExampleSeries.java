package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Figure;
import dev.anyrate.demo.report.Look;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.ArrayList;
import java.util.List;

/// Small multiples: a few series, each as it was recorded and as the views that training sees, on one time axis.
public final class ExampleSeries {
  /// Room above and below a curve, as a share of its range.
  private static final double MARGIN = 0.06;
  private static final String CAPTION = """
      Each series as recorded, then resampled to other rates over the same time, with the recorded one in grey behind. \
      Every dot is a sample. The encoder should give all views of a series the same embedding.""";

  private ExampleSeries() {}

  /// A series at one rate.
  ///
  /// @param name    such as `native, 128 samples`
  /// @param samples time in native samples, and value; NaN for a missing value
  public record View(String name, List<Point> samples) {
    public View {
      samples = List.copyOf(samples);
      if (samples.isEmpty()) throw new IllegalArgumentException("example view " + name + ": has no samples");
    }

    /// Values at equal steps, the first at time `start`, the last at time `end`, in native samples; a whole series of `n` samples
    /// goes from 0 to `n − 1` at any rate.
    public static View of(String name, double start, double end, float[] values) {
      double step = (end - start) / Math.max(1, values.length - 1);
      List<Point> samples = new ArrayList<>(values.length);
      for (int i = 0; i < values.length; i++) samples.add(new Point(start + i * step, values[i]));
      return new View(name, samples);
    }
  }

  /// One series in several views, the native one first.
  ///
  /// @param name such as `class 3`
  public record Example(String name, List<View> views) {
    public Example {
      views = List.copyOf(views);
      if (views.isEmpty())
        throw new IllegalArgumentException("example " + name + ": has no views; give the native one and one for each rate");
    }
  }

  /// @param examples one row of the figure for three views
  public static Figure figure(List<Example> examples) {
    double end = examples.stream().flatMap(example -> example.views().stream()).mapToDouble(view -> view.samples().getLast().x())
        .max().orElse(1);
    Axis time = Axis.between("time (native samples)", 0, Math.max(1, end));
    List<Plot> plots = examples.stream().flatMap(example -> example.views().stream().map(view -> plot(example, view, time)))
        .toList();
    return new Figure("Series and their views", CAPTION, Figure.Layout.SMALL_MULTIPLES, List.of(), plots);
  }

  private static Plot plot(Example example, View view, Axis time) {
    List<Curve> curves = new ArrayList<>();
    curves.add(
        new Curve(view.name(), new Look(Look.Colour.BLUE, Look.Dash.SOLID, Look.Marker.DOT, Look.Weight.THIN), view.samples()));
    View recorded = example.views().getFirst();
    if (view != recorded) {
      curves.add(
          Curve.guide(new Look(Look.Colour.FAINT, Look.Dash.SOLID, Look.Marker.NONE, Look.Weight.STRONG), recorded.samples()));
    }
    String title = example.name() + ": " + view.name();
    String description = "Line of the series over time, " + title + ", " + view.samples().size() + " samples.";
    return new Plot(title, description, time, valueAxis(example), curves, List.of());
  }

  /// One scale for all views of a series.
  private static Axis valueAxis(Example example) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (View view : example.views()) {
      for (Point sample : view.samples()) {
        if (!Double.isFinite(sample.y())) continue;
        min = Math.min(min, sample.y());
        max = Math.max(max, sample.y());
      }
    }
    if (!(min < max)) return Axis.of("value");
    double margin = (max - min) * MARGIN;
    return Axis.between("value", min - margin, max + margin);
  }
}
