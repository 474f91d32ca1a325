package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.model.algebra.Rows;
import org.junit.jupiter.api.Test;

class LbfgsTest {
  /// `½·Σ cⱼ·(xⱼ − j)²` with curvatures from 1 to 10,000.
  private static double badlyScaledBowl(double[] x, double[] gradient) {
    double value = 0;
    for (int j = 0; j < x.length; j++) {
      double curvature = Math.pow(10, 4.0 * j / (x.length - 1));
      gradient[j] = curvature * (x[j] - j);
      value += curvature / 2 * (x[j] - j) * (x[j] - j);
    }
    return value;
  }

  /// A bent valley with its floor at (1, 1), the classical trial of minimisers.
  private static double rosenbrock(double[] x, double[] gradient) {
    double across = x[1] - x[0] * x[0];
    gradient[0] = -400 * x[0] * across - 2 * (1 - x[0]);
    gradient[1] = 200 * across;
    return 100 * across * across + (1 - x[0]) * (1 - x[0]);
  }

  @Test
  void findsTheFloorOfABowl() {
    Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::badlyScaledBowl, new double[6], 1e-9, 200);
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, minimum.x(), 1e-8);
    assertTrue(minimum.maxGradient() <= 1e-9, "gradient " + minimum.maxGradient());
  }

  @Test
  void followsABentValley() {
    Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 1e-8, 200);
    assertArrayEquals(new double[] {1, 1}, minimum.x(), 1e-7);
    assertTrue(minimum.iterations() < 60, minimum.iterations() + " iterations");
  }

  @Test
  void stopsAtTheLimitOfIterations() {
    assertEquals(3, Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 1e-8, 3).iterations());
  }

  @Test
  void staysWhereTheGradientIsZeroAlready() {
    Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {1, 1}, 1e-8, 100);
    assertEquals(0, minimum.iterations());
    assertArrayEquals(new double[] {1, 1}, minimum.x());
  }

  @Test
  void endsWhereRoundingHidesAllDescent() {
    Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, 0, 10_000);
    assertArrayEquals(new double[] {1, 1}, minimum.x(), 1e-9);
    assertTrue(minimum.iterations() < 1000, minimum.iterations() + " iterations");
  }

  @Test
  void everyStepSatisfiesTheWolfeConditions() {
    double[] x = {-1.2, 1};
    double[] gradient = new double[2];
    var from = new LineSearch.Point(x, rosenbrock(x, gradient), gradient);
    double[] direction = {-gradient[0], -gradient[1]};
    double slope = Rows.dot(gradient, direction);
    for (double firstStep : new double[] {1e-9, 1e-3, 1, 1e6}) {
      LineSearch.Point to = LineSearch.along(LbfgsTest::rosenbrock, from, direction, firstStep);
      double step = (to.x()[0] - x[0]) / direction[0];
      assertTrue(to.value() <= from.value() + 1e-4 * step * slope, "value after first step " + firstStep);
      assertTrue(Rows.dot(to.gradient(), direction) >= 0.9 * slope, "slope after first step " + firstStep);
    }
  }
}
