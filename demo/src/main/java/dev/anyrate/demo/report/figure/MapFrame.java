package dev.anyrate.demo.report.figure;

import dev.anyrate.demo.report.Axis;
import dev.anyrate.demo.report.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// The square part of the plane that holds all points of a map, so that equal distances look equal in both directions.
record MapFrame(Point centre, double half) {
  /// Room around the points, as a share of their range.
  private static final double MARGIN = 0.06;

  static MapFrame around(List<Point> points) {
    double[] x = finite(points, Point::x).toArray();
    double[] y = finite(points, Point::y).toArray();
    if (x.length == 0 || y.length == 0) return new MapFrame(new Point(0, 0), 1);
    double half = Math.max(range(x), range(y)) / 2 * (1 + MARGIN);
    return new MapFrame(new Point(x[0] + range(x) / 2, y[0] + range(y) / 2), half > 0 ? half : 1);
  }

  /// The median in each direction, which stays inside a cloud even when a few of its points lie far off.
  static Point middle(List<Point> points) {
    return new Point(median(finite(points, Point::x).toArray()), median(finite(points, Point::y).toArray()));
  }

  Axis x(String title) {
    return Axis.between(title, centre.x() - half, centre.x() + half);
  }

  Axis y(String title) {
    return Axis.between(title, centre.y() - half, centre.y() + half);
  }

  /// Ascending.
  private static DoubleStream finite(List<Point> points, ToDoubleFunction<Point> coordinate) {
    return points.stream().mapToDouble(coordinate).filter(Double::isFinite).sorted();
  }

  private static double range(double[] ascending) {
    return ascending[ascending.length - 1] - ascending[0];
  }

  private static double median(double[] ascending) {
    return ascending.length == 0 ? Double.NaN : ascending[ascending.length / 2];
  }
}
