package dev.anyrate.demo.report;

import java.util.ArrayList;
import java.util.List;

/// A place in a [Plot]. A coordinate that is not finite is a gap: nothing is drawn there, and a line breaks.
public record Point(double x, double y) {
  /// Breaks a line in two.
  public static final Point GAP = new Point(Double.NaN, Double.NaN);

  /// The points `(x[i], y[i])`.
  ///
  /// @throws IllegalArgumentException if the two lengths differ
  public static List<Point> zip(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "points: %d x values for %d y values; give as many of each".formatted(x.length, y.length));
    }
    List<Point> points = new ArrayList<>(x.length);
    for (int i = 0; i < x.length; i++) points.add(new Point(x[i], y[i]));
    return List.copyOf(points);
  }
}
