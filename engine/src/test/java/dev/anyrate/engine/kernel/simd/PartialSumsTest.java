package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.scalar.ScalarReduction;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialSumsTest {
  /// Rows so wide that a part is a single one, and so many that there would be as many sums as elements: 5 million.
  private static final int ROWS = 301;
  private static final int WIDTH = (1 << 14) + 3;

  @Test
  void fewRowsAreNotPutTogether() {
    assertEquals(128, PartialSums.rows(1 << 14, 128, 128));
    assertEquals(1, PartialSums.rows(64, 1, 1 << 14));
  }

  /// The first would take as much as the operand, of the others the count of floats overflowed.
  @ParameterizedTest
  @CsvSource({"100000, 10000", "65536, 16384", "131072, 16383", "40, 50000000", "2, 1000000000"})
  void wideRowsArePutTogether(int rows, int width) {
    long parts = Math.ceilDiv(rows, PartialSums.rows(rows, Grain.rows(width), width));
    assertTrue(parts * width <= Math.max(width, 1 << 26), parts + " parts");
    assertTrue(width > 1 << 18 || parts * width <= 1 << 22, parts + " parts");
  }

  @Test
  void theSumOfWideRowsDoesNotDependOnThreads() {
    float[] x = new float[ROWS * WIDTH];
    for (int i = 0; i < x.length; i++) x[i] = i % 7 - 3; // whole, so every order gives the same sum
    float[] expected = sum(1, x);
    for (int c = 0; c < WIDTH; c++) {
      int sum = 0;
      for (int row = 0; row < ROWS; row++) sum += (row * WIDTH + c) % 7 - 3;
      assertEquals(sum, expected[c]);
    }
    System.arraycopy(Numbers.random(x.length, 1), 0, x, 0, x.length);
    Compare.assertSameBits("sum", sum(1, x), sum(3, x));
  }

  private static float[] sum(int threads, float[] x) {
    try (var workers = new Workers(threads)) {
      var y = new float[WIDTH];
      new SimdReduction(workers, new ScalarReduction(workers)).sum(new int[] {ROWS, WIDTH}, new boolean[] {true, false}, 1,
          storage(x), storage(y));
      return y;
    }
  }

  @Test
  void theParametersGradientsOfWideRowsDoNotDependOnThreads() {
    float[] dY = Numbers.random(ROWS * WIDTH, 1);
    Compare.assertSameBits("dBeta", layerNormGradient(1, dY), layerNormGradient(3, dY));
    double[] expected = new double[WIDTH];
    for (int i = 0; i < dY.length; i++) expected[i % WIDTH] += dY[i];
    Compare.assertClose("dBeta", expected, layerNormGradient(1, dY), 1e-6);
  }

  private static float[] layerNormGradient(int threads, float[] dY) {
    try (var workers = new Workers(threads)) {
      float[] ones = new float[ROWS + WIDTH];
      Arrays.fill(ones, 1);
      var dGamma = new float[WIDTH];
      var dBeta = new float[WIDTH];
      new SimdLayerNorm(workers).backward(ROWS, WIDTH, storage(dY), storage(ones), storage(ones), storage(ones), storage(dY),
          null, storage(dGamma), storage(dBeta));
      return dBeta;
    }
  }

  private static HeapStorage storage(float[] values) {
    return HeapStorage.wrap(values, 0, values.length);
  }
}
