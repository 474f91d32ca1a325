package dev.anyrate.demo.report;

import java.util.List;

/// An axis of a [Plot].
///
/// @param title quantity and unit, such as `time (s)`; empty for an axis that measures nothing and is not drawn
/// @param min   lower end, NaN to take it from the data
/// @param max   upper end, NaN to take it from the data
/// @param ticks where the numbers stand; empty to choose round ones
public record Axis(String title, Scale scale, double min, double max, List<Double> ticks) {
  public enum Scale {
    LINEAR, LOGARITHMIC
  }

  public Axis {
    ticks = List.copyOf(ticks);
  }

  /// A linear axis that covers its data.
  public static Axis of(String title) {
    return between(title, Double.NaN, Double.NaN);
  }

  /// A linear axis from `min` to `max`.
  public static Axis between(String title, double min, double max) {
    return new Axis(title, Scale.LINEAR, min, max, List.of());
  }
}
