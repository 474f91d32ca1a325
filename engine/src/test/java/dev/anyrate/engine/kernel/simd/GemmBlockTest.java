package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Products of small whole numbers are exact, so every element is compared without tolerance.
class GemmBlockTest {
  private static final int[] ROW_COUNTS = {1, 2, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS + 2, PackedLeft.ROWS_TOGETHER + 3};
  private static final int[] COLUMN_COUNTS = {1, COLUMNS / 2, COLUMNS - 1, COLUMNS, COLUMNS + 1, 2 * COLUMNS + 3,
      8 * COLUMNS + 1};
  private static final int[] DEPTHS = {0, 1, 2, 127, 128, 129, 300};
  private static final int BEFORE = 3; // elements in front of each operand
  private static final int GAP = 5; // elements between the rows of the result

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void everyEdgeOfRowMajorRows() {
    forEachSize((rows, columns, depth) -> check(rows, columns, depth, depth, 1));
  }

  @Test
  void everyEdgeOfColumnMajorRows() {
    forEachSize((rows, columns, depth) -> check(rows, columns, depth, 1, rows));
  }

  @Test
  void rowsMayOverlapAsWindowsDo() {
    forEachSize((rows, columns, depth) -> check(rows, columns, depth, 2, 1));
  }

  @Test
  void rowsOfWorkMemoryAreReadWhereTheyLie() {
    forEachSize((rows, columns, depth) -> check(rows, columns, depth, PackedTile.ROW, 1));
  }

  private interface Size {
    void check(int rows, int columns, int depth);
  }

  private static void forEachSize(Size size) {
    for (int rows : ROW_COUNTS) {
      for (int columns : COLUMN_COUNTS) {
        for (int depth : DEPTHS) size.check(rows, columns, depth);
      }
    }
  }

  private void check(int rows, int columns, int depth, int rowStride, int depthStride) {
    float[] a = wholeNumbers(BEFORE + Math.max(0, (rows - 1) * rowStride + (depth - 1) * depthStride + 1));
    float[] b = wholeNumbers(depth * columns);
    float[] packed = new float[(int) GemmPanels.size(depth, columns)];
    Arrays.fill(packed, Float.NaN);
    GemmPanels.pack(depth, columns, b, 0, columns, 1, packed, 0);
    float[] bias = wholeNumbers(BEFORE + columns);
    int ldc = columns + GAP;
    float[] c = wholeNumbers(BEFORE + rows * ldc);
    float[] sum = c.clone();
    GemmBlock block = GemmBlock.ofThread().left(a, BEFORE, rowStride, depthStride).right(packed, 0, depth);
    block.result(sum, BEFORE, ldc).multiplyAdd(rows, columns, depth);
    float[] product = c.clone();
    for (int i = 0; i < rows; i++) Arrays.fill(product, BEFORE + i * ldc, BEFORE + i * ldc + columns, Float.NaN);
    float[] biased = product.clone();
    block.result(product, BEFORE, ldc).multiply(rows, columns, depth);
    block.result(biased, BEFORE, ldc).multiplyAddBias(rows, columns, depth, bias, BEFORE);
    for (int k = 0; k < c.length; k++) {
      int i = (k - BEFORE) / ldc;
      int j = k - BEFORE - i * ldc;
      String element = rows + "×" + columns + "×" + depth + " [" + i + ", " + j + "]";
      if (k < BEFORE || j >= columns) {
        assertEquals(c[k], product[k], "outside of the product " + element);
        assertEquals(c[k], sum[k], "outside of the sum " + element);
        assertEquals(c[k], biased[k], "outside of the sum with a bias " + element);
        continue;
      }
      double expected = 0;
      for (int p = 0; p < depth; p++) expected += a[BEFORE + i * rowStride + p * depthStride] * b[p * columns + j];
      assertEquals(expected, product[k], "product " + element);
      assertEquals(c[k] + expected, sum[k], "sum " + element);
      assertEquals(bias[BEFORE + j] + expected, biased[k], "sum with a bias " + element);
    }
  }

  @Test
  void wholePanelsAreReadInPlace() {
    int rows = ROWS + 1;
    int depth = 9;
    float[] a = wholeNumbers(rows * depth);
    float[] b = wholeNumbers(BEFORE + depth * 2 * COLUMNS);
    float[] c = new float[rows * 2 * COLUMNS];
    GemmBlock.ofThread().left(a, 0, depth, 1).right(b, BEFORE, 2 * COLUMNS, COLUMNS).result(c, 0, 2 * COLUMNS)
        .multiply(rows, 2 * COLUMNS, depth);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 2 * COLUMNS; j++) {
        double expected = 0;
        for (int p = 0; p < depth; p++) expected += a[i * depth + p] * b[BEFORE + p * 2 * COLUMNS + j];
        assertEquals(expected, c[i * 2 * COLUMNS + j], "[" + i + ", " + j + "]");
      }
    }
  }

  private float[] wholeNumbers(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) numbers[i] = random.nextInt(-4, 5);
    return numbers;
  }
}
