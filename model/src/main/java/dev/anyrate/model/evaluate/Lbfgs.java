package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;
import java.util.ArrayDeque;
import java.util.Iterator;

/// Minimises a smooth function of many variables by the limited-memory BFGS method: each step follows the gradient, bent by a
/// model of the curvature that is kept as the last few steps.
///
/// @see <a href="https://doi.org/10.1007/978-0-387-40065-5">Nocedal and Wright, Numerical Optimization, algorithms 7.4 and
///      7.5</a>
final class Lbfgs {
  private static final int MEMORY = 10; // steps; as SciPy's L-BFGS-B

  /// What is minimised.
  @FunctionalInterface
  interface Objective {
    /// @param x        point. Read.
    /// @param gradient at that point. Overwritten.
    /// @return value at that point
    double evaluate(double[] x, double[] gradient);
  }

  /// Where a search has ended.
  ///
  /// @param x           point
  /// @param value       of the objective there
  /// @param maxGradient largest absolute component of the gradient there
  /// @param iterations  steps taken
  record Minimum(double[] x, double value, double maxGradient, int iterations) {}

  /// A step that was taken, `s` in the variables and `y` in the gradient, with `1 / s·y`.
  private record Step(double[] s, double[] y, double inverse) {}

  private final Objective objective;
  private final ArrayDeque<Step> steps = new ArrayDeque<>(); // oldest first

  private Lbfgs(Objective objective) {
    this.objective = objective;
  }

  /// @param start         first point. Read.
  /// @param tolerance     ends when no component of the gradient is larger
  /// @param maxIterations ends after so many steps
  static Minimum minimise(Objective objective, double[] start, double tolerance, int maxIterations) {
    return new Lbfgs(objective).minimise(start, tolerance, maxIterations);
  }

  private Minimum minimise(double[] start, double tolerance, int maxIterations) {
    double[] gradient = new double[start.length];
    var point = new LineSearch.Point(start.clone(), objective.evaluate(start, gradient), gradient);
    int iteration = 0;
    for (; iteration < maxIterations && max(point.gradient()) > tolerance; iteration++) {
      double[] direction = direction(point.gradient());
      double firstStep = steps.isEmpty() ? 1 / Math.sqrt(Rows.dot(point.gradient(), point.gradient())) : 1;
      LineSearch.Point next = LineSearch.along(objective, point, direction, firstStep);
      if (next == point) break; // rounding hides any further descent
      remember(point, next);
      point = next;
    }
    return new Minimum(point.x(), point.value(), max(point.gradient()), iteration);
  }

  /// `−H·gradient`, where H is the inverse curvature that the remembered steps tell of.
  private double[] direction(double[] gradient) {
    double[] direction = new double[gradient.length];
    Rows.addScaled(-1, gradient, direction);
    double[] alphas = new double[steps.size()];
    int i = 0;
    for (Iterator<Step> newestFirst = steps.descendingIterator(); newestFirst.hasNext(); i++) {
      Step step = newestFirst.next();
      alphas[i] = step.inverse * Rows.dot(step.s, direction);
      Rows.addScaled(-alphas[i], step.y, direction);
    }
    if (!steps.isEmpty()) {
      Step newest = steps.getLast();
      double curvature = 1 / (newest.inverse * Rows.dot(newest.y, newest.y)); // s·y / y·y
      for (int j = 0; j < direction.length; j++) direction[j] *= curvature;
    }
    for (Step step : steps) Rows.addScaled(alphas[--i] - step.inverse * Rows.dot(step.y, direction), step.s, direction);
    return direction;
  }

  private void remember(LineSearch.Point from, LineSearch.Point to) {
    double[] s = difference(to.x(), from.x());
    double[] y = difference(to.gradient(), from.gradient());
    if (steps.size() == MEMORY) steps.removeFirst();
    steps.addLast(new Step(s, y, 1 / Rows.dot(s, y))); // s·y > 0 by the line search
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    Rows.addScaled(-1, b, difference);
    return difference;
  }

  private static double max(double[] gradient) {
    double max = 0;
    for (double component : gradient) max = Math.max(max, Math.abs(component));
    return max;
  }
}
