package dev.anyrate.model.evaluate.ridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RidgeClassifierTest {
  /// Clusters of noise around a mean for each class.
  private static float[][] rows(int count, int features, int classes, double noise, long seed) {
    var random = new SplittableRandom(seed);
    float[][] centres = new float[classes][features];
    var means = new SplittableRandom(99);
    for (float[] centre : centres) {
      for (int e = 0; e < features; e++) centre[e] = (float) means.nextGaussian();
    }
    float[][] rows = new float[count][features];
    for (int n = 0; n < count; n++) {
      for (int e = 0; e < features; e++) rows[n][e] = (float) (centres[n % classes][e] + noise * random.nextGaussian());
    }
    return rows;
  }

  private static int[] labels(int count, int classes) {
    int[] labels = new int[count];
    Arrays.setAll(labels, n -> 5 + n % classes);
    return labels;
  }

  @Test
  void tellsClustersApartWithFewerAndWithMoreFeaturesThanRows() {
    for (int features : new int[] {6, 700}) {
      for (int classes : new int[] {2, 4}) {
        RidgeClassifier classifier = RidgeClassifier.fit(rows(60, features, classes, 0.3, 1), labels(60, classes));
        assertEquals(1, classifier.accuracy(rows(40, features, classes, 0.3, 2), labels(40, classes)), 0.03);
      }
    }
  }

  /// The form in closed form against what it stands for: a ridge regression fitted again without each row.
  @Test
  void theLeaveOneOutErrorIsThatOfRefitting() {
    float[][] x = standardised(rows(14, 5, 2, 2, 3));
    double[] y = new double[14];
    for (int n = 0; n < y.length; n++) y[n] = n % 2 == 0 ? 1 : -1; // of mean 0
    for (double alpha : new double[] {1e-3, 0.7, 50}) {
      double[][] products = new double[14][14];
      for (int i = 0; i < 14; i++) {
        for (int j = 0; j < 14; j++) {
          for (int e = 0; e < 5; e++) products[i][j] += (double) x[i][e] * x[j][e];
        }
      }
      Tridiagonal.Shifted inverse = Tridiagonal.of(products).shifted(alpha);
      double[] dual = inverse.solve(y);
      double[] diagonal = inverse.inverseDiagonal();
      for (int left = 0; left < 14; left++) {
        double closed = alpha * dual[left] / (alpha * diagonal[left] - 1.0 / 14);
        assertEquals(y[left] - predictionWithout(left, x, y, alpha), closed, 1e-6 * Math.max(1, Math.abs(closed)));
      }
    }
  }

  /// Ridge regression with a free intercept on all rows but one, by its normal equations, applied to that one.
  private static double predictionWithout(int left, float[][] x, double[] y, double alpha) {
    int size = x[0].length + 1;
    double[][] equations = new double[size][size + 1];
    for (int n = 0; n < x.length; n++) {
      if (n == left) continue;
      double[] row = new double[size];
      row[size - 1] = 1;
      for (int e = 0; e < size - 1; e++) row[e] = x[n][e];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) equations[i][j] += row[i] * row[j];
        equations[i][size] += row[i] * y[n];
      }
    }
    for (int e = 0; e < size - 1; e++) equations[e][e] += alpha;
    double[] solution = solved(equations);
    double prediction = solution[size - 1];
    for (int e = 0; e < size - 1; e++) prediction += solution[e] * x[left][e];
    return prediction;
  }

  /// Gauss-Jordan without pivoting: the equations are positive definite.
  private static double[] solved(double[][] equations) {
    int size = equations.length;
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        if (i == k) continue;
        double factor = equations[i][k] / equations[k][k];
        for (int j = 0; j <= size; j++) equations[i][j] -= factor * equations[k][j];
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) solution[i] = equations[i][size] / equations[i][i];
    return solution;
  }

  private static float[][] standardised(float[][] x) {
    for (int e = 0; e < x[0].length; e++) {
      double mean = 0;
      double squares = 0;
      for (float[] row : x) mean += row[e] / x.length;
      for (float[] row : x) squares += (row[e] - mean) * (row[e] - mean) / x.length;
      for (float[] row : x) row[e] = (float) ((row[e] - mean) / Math.sqrt(squares));
    }
    return x;
  }

  @Test
  void noiseAsksForALargePenaltyAndClearDataForASmallOne() {
    double ofNoise = RidgeClassifier.fit(rows(80, 20, 2, 50, 4), labels(80, 2)).penalty();
    double ofClearData = RidgeClassifier.fit(rows(80, 20, 2, 0.1, 4), labels(80, 2)).penalty();
    assertEquals(1000, ofNoise, 1e-9);
    assertTrue(ofClearData < 10, () -> "penalty " + ofClearData);
  }

  @Test
  void aSymmetricMatrixIsItsTridiagonalFormTurnedBack() {
    int n = 9;
    var random = new SplittableRandom(6);
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) a[i][j] = a[j][i] = random.nextGaussian();
    }
    double[][] copy = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    Tridiagonal form = Tridiagonal.of(copy);
    for (int i = 0; i < n; i++) {
      double[] row = new double[n];
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          row[j] += form.basis()[k][i] * form.diagonal()[k] * form.basis()[k][j];
          if (k < n - 1) row[j] += form.beside()[k] * form.basis()[k][i] * form.basis()[k + 1][j];
          if (k > 0) row[j] += form.beside()[k - 1] * form.basis()[k][i] * form.basis()[k - 1][j];
        }
      }
      assertArrayEquals(a[i], row, 1e-12);
    }
  }

  @Test
  void refusesOneClassAndNumbersThatDoNotMatch() {
    float[][] x = rows(4, 3, 2, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> RidgeClassifier.fit(x, new int[] {1, 1, 1, 1}));
    assertThrows(IllegalArgumentException.class, () -> RidgeClassifier.fit(x, new int[] {1, 2}));
  }
}
