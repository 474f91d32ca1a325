package dev.anyrate.model.algebra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowsTest {
  @Test
  void theProductIsThatOfTheDefinition() {
    var random = new SplittableRandom(1);
    for (int[] size : new int[][] {{1, 1, 1}, {2, 3, 5}, {3, 4, 7}, {1, 9, 513}, {5, 8, 1024}}) {
      double[][] a = random(size[0], size[1], random);
      double[][] b = random(size[1], size[2], random);
      double[][] c = random(size[0], size[2], random);
      double[][] expected = new double[size[0]][size[2]];
      for (int i = 0; i < size[0]; i++) {
        for (int j = 0; j < size[2]; j++) {
          expected[i][j] = c[i][j];
          for (int k = 0; k < size[1]; k++) expected[i][j] += a[i][k] * b[k][j];
        }
      }
      Rows.addProduct(a, b, c);
      for (int i = 0; i < size[0]; i++) assertArrayEquals(expected[i], c[i], 1e-13);
    }
  }

  private static double[][] random(int rows, int columns, SplittableRandom random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) row[j] = random.nextDouble() - 0.5;
    }
    return values;
  }
}
