package dev.anyrate.model.algebra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GramSchmidtTest {
  @Test
  void keepsWhatIsNewInEachRow() {
    double[][] rows = {{3, 0, 4}, {3, 5, 4}, {6, -10, 8}};
    double[] lengths = GramSchmidt.orthonormalize(rows, 1e-12);
    assertArrayEquals(new double[] {5, 5, 0}, lengths, 1e-12);
    assertArrayEquals(new double[] {0.6, 0, 0.8}, rows[0], 1e-12);
    assertArrayEquals(new double[] {0, 1, 0}, rows[1], 1e-12);
    assertArrayEquals(new double[] {0, 0, 0}, rows[2], 0, "the third row lies in the plane of the others");
  }

  @Test
  void rowsThatAreNearlyAlikeBecomeOrthogonalToo() {
    var random = new SplittableRandom(3);
    double[][] rows = new double[12][40];
    for (double[] row : rows) {
      for (int e = 0; e < row.length; e++) row[e] = 1 + 1e-7 * random.nextGaussian();
    }
    GramSchmidt.orthonormalize(rows, 0);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int e = 0; e < rows[i].length; e++) dot += rows[i][e] * rows[j][e];
        assertEquals(i == j ? 1 : 0, dot, 1e-12, "rows " + i + " and " + j);
      }
    }
  }
}
