package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.model.testing.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrincipalSubspaceTest {
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void holdsTheDirectionsOfLargestVariance() {
    double[] variances = {0.1, 9, 0.2, 7, 0.3, 8, 0.1, 0.2};
    double[][] axes = PrincipalSubspace.of(engine, diagonal(variances), 3);
    requireOrthonormal(axes);
    for (int e = 0; e < variances.length; e++) {
      double inside = 0; // squared length of the projection of direction e
      for (double[] axis : axes) inside += axis[e] * axis[e];
      assertEquals(variances[e] > 1 ? 1 : 0, inside, 1e-4, "direction " + e);
    }
  }

  @Test
  void eachNumberGetsAShareOfEveryDirection() {
    double[][] axes = PrincipalSubspace.of(engine, diagonal(1000, 1, 0.001, 0.001), 2);
    for (double[] axis : axes) assertTrue(Math.abs(axis[0]) > 0.1, "an axis without the largest direction: it was not turned");
  }

  @Test
  void directionsWithoutVarianceAreOrthonormalToo() {
    requireOrthonormal(PrincipalSubspace.of(engine, diagonal(0, 0, 0, 0, 0), 3));
    requireOrthonormal(PrincipalSubspace.of(engine, diagonal(5, 0, 0, 0, 0), 3));
  }

  private static double[][] diagonal(double... values) {
    double[][] matrix = new double[values.length][values.length];
    for (int e = 0; e < values.length; e++) matrix[e][e] = values[e];
    return matrix;
  }

  private static void requireOrthonormal(double[][] axes) {
    for (int i = 0; i < axes.length; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int e = 0; e < axes[i].length; e++) dot += axes[i][e] * axes[j][e];
        assertEquals(i == j ? 1 : 0, dot, 1e-5, "axes " + i + " and " + j);
      }
    }
  }
}
