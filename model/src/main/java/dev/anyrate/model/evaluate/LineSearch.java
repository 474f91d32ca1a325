package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;

/// Finds a step along a descent direction that satisfies the Wolfe conditions: the value falls enough, and the slope has
/// flattened enough. Doubles the step until it is too long, then halves the interval between too short and too long.
///
/// @see <a href="https://doi.org/10.1007/s10107-012-0514-2">Lewis and Overton, Nonsmooth optimization via quasi-Newton methods
///      (2013), algorithm 2.6</a>
final class LineSearch {
  private static final double DESCENT = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int MAX_EVALUATIONS = 50;

  /// A place with the objective's value and gradient there.
  record Point(double[] x, double value, double[] gradient) {}

  private LineSearch() {}

  /// @param from      where the search begins
  /// @param direction along which the value falls
  /// @param firstStep tried first, as a multiple of `direction`
  /// @return a point further along, or `from` itself if rounding hides every descent
  static Point along(Lbfgs.Objective objective, Point from, double[] direction, double firstStep) {
    double slope = Rows.dot(from.gradient, direction);
    double tooShort = 0;
    double tooLong = Double.POSITIVE_INFINITY;
    double step = firstStep;
    for (int evaluation = 0; evaluation < MAX_EVALUATIONS; evaluation++) {
      double[] x = from.x.clone();
      Rows.addScaled(step, direction, x);
      double[] gradient = new double[x.length];
      double value = objective.evaluate(x, gradient);
      if (!(value <= from.value + DESCENT * step * slope)) {
        tooLong = step;
      } else if (Rows.dot(gradient, direction) < CURVATURE * slope) {
        tooShort = step;
      } else {
        return new Point(x, value, gradient);
      }
      step = tooLong == Double.POSITIVE_INFINITY ? 2 * step : (tooShort + tooLong) / 2;
    }
    return from;
  }
}
