package dev.anyrate.engine.kernel.blas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.anyrate.engine.kernel.KernelProvider.Available;
import dev.anyrate.engine.kernel.KernelProvider.Availability;
import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.kernel.scalar.ScalarMatmul;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasMatmulTest {
  private static final int OFFSET = 3;

  @ParameterizedTest
  @CsvSource({"1, 10, 10, 10", "1, 13, 29, 17", "1, 1, 64, 65", "1, 65, 1, 64", "1, 40, 33, 1", "1, 129, 7, 31", "3, 11, 13, 17"})
  void largeProductsEqualTheScalarOnesForEveryTranspose(int batch, int m, int n, int k) {
    assumeJblasWorks();
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        float[] expected = product(new ScalarMatmul(new Workers(1)), batch, transposeA, transposeB, m, n, k);
        float[] actual = product(new BlasMatmul(noneExpected()), batch, transposeA, transposeB, m, n, k);
        // Sums of up to 65 products below 1, in float against double.
        assertArrayEquals(expected, actual, 1e-5f, transposeA + ", " + transposeB);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 9, 9, 9", "1, 0, 4, 4", "1, 4, 0, 4", "1, 4, 4, 0", "0, 0, 0, 0", "500, 2, 2, 2"})
  void smallAndEmptyProductsAreLeftToTheGivenFamily(int batch, int m, int n, int k) {
    var calls = new AtomicInteger();
    MatmulKernels small = (_, _, _, _, _, _, _, _, _) -> calls.incrementAndGet();
    product(new BlasMatmul(small), batch, true, false, m, n, k);
    assertEquals(1, calls.get());
  }

  @Test
  void oneArrayMayBeBothOperands() {
    assumeJblasWorks();
    int size = 12;
    Storage x = random(size * size, 1);
    float[] gram = new float[size * size];
    float[] expected = new float[size * size];
    new BlasMatmul(noneExpected()).matmul(1, false, true, size, size, size, x, x, HeapStorage.wrap(gram, 0, gram.length));
    new ScalarMatmul(new Workers(1)).matmul(1, false, true, size, size, size, x, x, HeapStorage.wrap(expected, 0, gram.length));
    assertArrayEquals(expected, gram, 1e-5f);
  }

  /// As a plan places them. jblas copies whole arrays in and out, so these matrices go through arrays of their own.
  @Test
  void operandsMayShareABuffer() {
    assumeJblasWorks();
    int size = 16 * 16;
    float[] buffer = new float[4 * size];
    for (int i = 0; i < buffer.length; i++) buffer[i] = i % 7 - 3;
    float[] before = buffer.clone();
    Storage a = HeapStorage.wrap(buffer, 0, size);
    Storage b = HeapStorage.wrap(buffer, size, size);
    float[] expected = new float[size];
    new ScalarMatmul(new Workers(1)).matmul(1, false, false, 16, 16, 16, a, b, HeapStorage.wrap(expected, 0, size));
    new BlasMatmul(noneExpected()).matmul(1, false, false, 16, 16, 16, a, b, HeapStorage.wrap(buffer, 2 * size, size));
    System.arraycopy(expected, 0, before, 2 * size, size);
    assertArrayEquals(before, buffer, 1e-5f);
  }

  /// The product, its storages windows of larger arrays, the result full of NaN before.
  private static float[] product(MatmulKernels kernels, int batch, boolean transposeA, boolean transposeB, int m, int n, int k) {
    int size = batch * m * n;
    float[] c = new float[size + 2 * OFFSET];
    Arrays.fill(c, Float.NaN);
    kernels.matmul(batch, transposeA, transposeB, m, n, k, random(batch * m * k, 1), random(batch * k * n, 2),
        HeapStorage.wrap(c, OFFSET, size));
    float[] outside = {c[OFFSET - 1], c[OFFSET + size]};
    assertArrayEquals(new float[] {Float.NaN, Float.NaN}, outside, "written outside of the result");
    return Arrays.copyOfRange(c, OFFSET, OFFSET + size);
  }

  private static Storage random(int size, int seed) {
    var random = new SplittableRandom(seed);
    float[] array = new float[size + 2 * OFFSET];
    for (int i = 0; i < array.length; i++) array[i] = random.nextFloat(-1, 1);
    return HeapStorage.wrap(array, OFFSET, size);
  }

  private static MatmulKernels noneExpected() {
    return (_, _, _, m, n, k, _, _, _) -> {
      throw new AssertionError(m + " x " + n + " x " + k + " was not given to jblas");
    };
  }

  private static void assumeJblasWorks() {
    Availability availability = new BlasProvider().availability();
    assumeTrue(availability instanceof Available, availability::toString);
  }
}
