package dev.anyrate.demo.report;

import java.util.List;

/// Points with a name and a look: a line, a cloud, or both.
///
/// @param label name in legend, tooltip and table of numbers; empty for a guide, which only helps the eye and appears in none of
///              them
public record Curve(String label, Look look, List<Point> points) {
  public Curve {
    points = List.copyOf(points);
  }

  /// A curve without a name.
  public static Curve guide(Look look, List<Point> points) {
    return new Curve("", look, points);
  }

  /// False for a guide.
  public boolean named() {
    return !label.isEmpty();
  }
}
