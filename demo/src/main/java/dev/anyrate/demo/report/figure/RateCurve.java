package dev.anyrate.demo.report.figure;

import static java.util.Comparator.comparingDouble;

import dev.anyrate.demo.report.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One quantity of one method at each rate; NaN where it was not measured.
///
/// @param name   the method, such as `trained` or `raw values, 1-NN`
/// @param points rate relative to the native one (positive), and value
public record RateCurve(String name, List<Point> points) {
  public RateCurve {
    points = points.stream().sorted(comparingDouble(Point::x)).toList();
    for (Point point : points) {
      if (!(point.x() > 0))
        throw new IllegalArgumentException("rate curve %s: rate %s is not positive".formatted(name, point.x()));
    }
  }

  /// The value `values[i]` at the rate `rates[i]`.
  public static RateCurve of(String name, double[] rates, double[] values) {
    return new RateCurve(name, Point.zip(rates, values));
  }

  Stream<Double> rates() {
    return points.stream().map(Point::x);
  }

  /// The value at a rate, NaN if it was not measured.
  double at(double rate) {
    return points.stream().filter(point -> point.x() == rate).mapToDouble(Point::y).findFirst().orElse(Double.NaN);
  }

  /// The lowest value, positive infinity if none was measured.
  double lowest() {
    return measured().mapToDouble(Point::y).min().orElse(Double.POSITIVE_INFINITY);
  }

  /// Lowest and highest value in words: `trained 0.91 at rate 0.25 to 0.97 at rate 1`.
  String summary() {
    if (measured().findAny().isEmpty()) return name + " not measured";
    Point lowest = measured().min(comparingDouble(Point::y)).orElseThrow();
    Point highest = measured().max(comparingDouble(Point::y)).orElseThrow();
    return String.format(Locale.ROOT, "%s %.2f at rate %s to %.2f at rate %s",
        name, lowest.y(), Rates.text(lowest.x()), highest.y(), Rates.text(highest.x()));
  }

  private Stream<Point> measured() {
    return points.stream().filter(point -> Double.isFinite(point.y()));
  }
}
