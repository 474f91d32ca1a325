package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TranspositionTest {
  private static final int[] SIZES = {1, LANES - 1, LANES, LANES + 1, 3 * LANES + 2};
  private static final int BEFORE = 3; // elements in front of each matrix
  private static final int GAP = 5; // elements between rows
  private static final float UNTOUCHED = -1;

  @Test
  void rowsBecomeColumnsAndNothingElseIsWritten() {
    for (int rows : SIZES) {
      for (int columns : SIZES) check(rows, columns);
    }
  }

  private static void check(int rows, int columns) {
    int fromStride = columns + GAP;
    int toStride = rows + GAP;
    float[] from = new float[BEFORE + rows * fromStride];
    for (int i = 0; i < from.length; i++) from[i] = i;
    float[] to = new float[BEFORE + columns * toStride];
    Arrays.fill(to, UNTOUCHED);
    float[] expected = to.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) expected[BEFORE + j * toStride + i] = from[BEFORE + i * fromStride + j];
    }

    Transposition.transpose(rows, columns, from, BEFORE, fromStride, to, BEFORE, toStride);

    assertEquals(Arrays.toString(expected), Arrays.toString(to), rows + " × " + columns);
  }
}
