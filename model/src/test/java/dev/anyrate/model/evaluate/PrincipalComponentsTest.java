package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.SymmetricEigenSolver;
import dev.anyrate.model.algebra.Rows;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalComponentsTest {
  private static final double[] FIRST = {0.6, 0, 0.8}; // orthonormal, largest component positive
  private static final double[] SECOND = {-0.8 / Math.sqrt(2), 1 / Math.sqrt(2), 0.6 / Math.sqrt(2)};

  /// Points whose covariance is exactly 9 along FIRST, 4 along SECOND and 0 across, around (10, −20, 30).
  private static float[][] cross() {
    double[][] steps = {{Math.sqrt(18), 0}, {-Math.sqrt(18), 0}, {0, Math.sqrt(8)}, {0, -Math.sqrt(8)}};
    float[][] points = new float[4][3];
    double[] centre = {10, -20, 30};
    for (int i = 0; i < 4; i++) {
      for (int e = 0; e < 3; e++) points[i][e] = (float) (centre[e] + steps[i][0] * FIRST[e] + steps[i][1] * SECOND[e]);
    }
    return points;
  }

  @Test
  void findsTheAxesOfAKnownCovariance() {
    PrincipalComponents components = PrincipalComponents.of(cross(), 2);
    assertArrayEquals(new double[] {10, -20, 30}, components.mean(), 1e-6);
    assertArrayEquals(new double[] {9, 4}, components.variances(), 1e-5); // the points are rounded to float
    assertArrayEquals(FIRST, components.axes()[0], 1e-6);
    double sign = SECOND[1] > Math.abs(SECOND[0]) ? 1 : -1;
    for (int e = 0; e < 3; e++) assertEquals(sign * SECOND[e], components.axes()[1][e], 1e-6);
  }

  @Test
  void projectsOtherPointsToo() {
    PrincipalComponents components = PrincipalComponents.of(cross(), 2);
    float[] point = {(float) (10 + 2 * FIRST[0]), -20, (float) (30 + 2 * FIRST[2])};
    assertArrayEquals(new double[] {2, 0}, components.project(new float[][] {point})[0], 1e-5);
  }

  @Test
  void axesAreOrthonormalEigenvectorsOfTheCovariance() {
    var random = new SplittableRandom(2);
    float[][] x = new float[40][12];
    for (float[] row : x) {
      for (int e = 0; e < 12; e++) row[e] = (float) ((random.nextDouble() - 0.5) * (e + 1));
    }
    PrincipalComponents components = PrincipalComponents.of(x, 3);
    double[][] centred = Rows.minus(x, components.mean());
    for (int k = 0; k < 3; k++) {
      double[] axis = components.axes()[k];
      double[] image = new double[12]; // covariance · axis
      for (double[] row : centred) Rows.addScaled(Rows.dot(row, axis) / 40, row, image);
      for (int e = 0; e < 12; e++) assertEquals(components.variances()[k] * axis[e], image[e], 1e-7);
      for (int other = 0; other < 3; other++) assertEquals(k == other ? 1 : 0, Rows.dot(axis, components.axes()[other]), 1e-12);
    }
    assertTrue(components.variances()[0] > components.variances()[1] && components.variances()[1] > components.variances()[2]);
  }

  /// Fewer embeddings than numbers in them, and more: LAPACK then sees the one or the other matrix.
  @ParameterizedTest
  @CsvSource({"20, 50", "50, 20", "2, 9", "30, 30"})
  void lapackAndJavaFindTheSamePicture(int count, int size) {
    Optional<SymmetricEigenSolver> lapack = SymmetricEigenSolver.found().stream()
        .filter(solver -> solver.availability() instanceof Available).findFirst();
    assumeTrue(lapack.isPresent(), "skipped: LAPACK of jblas cannot be used here");
    var random = new SplittableRandom(count);
    float[][] x = new float[count][size];
    for (float[] row : x) {
      double first = 3 * random.nextGaussian();
      double second = 2 * random.nextGaussian();
      for (int e = 0; e < size; e++) row[e] = (float) (first * Math.cos(e) + second * (e % 3 - 1) + 0.1 * random.nextGaussian());
    }
    PrincipalComponents lapacks = PrincipalComponents.of(x, 2, lapack);
    PrincipalComponents plain = PrincipalComponents.of(x, 2, Optional.empty());
    for (int k = 0; k < 2; k++) {
      assertEquals(plain.variances()[k], lapacks.variances()[k], 1e-9 * plain.variances()[0]);
      assertArrayEquals(plain.axes()[k], lapacks.axes()[k], 1e-7);
    }
    double[][] here = plain.project(x);
    double[][] there = lapacks.project(x);
    for (int n = 0; n < count; n++) assertArrayEquals(here[n], there[n], 1e-5);
  }

  @Test
  void equallyLargeComponentsDoNotLetRoundingMirrorAPicture() {
    float[][] x = {{1, -1}, {-1, 1}, {2, -2}, {-2, 2}};
    assertTrue(PrincipalComponents.of(x, 1, Optional.empty()).axes()[0][0] > 0);
    float[][] almost = {{1, -1.0000001f}, {-1, 1.0000001f}, {2, -2.0000002f}, {-2, 2.0000002f}};
    assertTrue(PrincipalComponents.of(almost, 1, Optional.empty()).axes()[0][0] > 0);
  }

  @Test
  void directionsWithoutVarianceAreZero() {
    PrincipalComponents line = PrincipalComponents.of(new float[][] {{1, 1, 0}, {2, 2, 0}, {3, 3, 0}}, 2);
    assertEquals(0, line.variances()[1]);
    assertEquals(0, line.project(new float[][] {{5, 1, 7}})[0][1]);
    PrincipalComponents point = PrincipalComponents.of(new float[][] {{1, 2}, {1, 2}}, 2);
    assertArrayEquals(new double[2], point.project(new float[][] {{1, 2}})[0]);
    assertArrayEquals(new double[] {1}, PrincipalComponents.of(new float[][] {{0}, {2}}, 2).axes()[0], 1e-12);
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(new float[][] {{1}, {Float.NaN}}, 1));
    assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(new float[][] {{1}, {2}}, 0));
  }
}
