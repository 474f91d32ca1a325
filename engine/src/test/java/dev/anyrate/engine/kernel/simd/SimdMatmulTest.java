package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.kernel.scalar.ScalarMatmul;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.testing.Compare;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimdMatmulTest {
  private static final int[] SIZES = {1, LANES - 1, LANES, LANES + 1, 13, 25, 207};

  private final Workers workers = new Workers(1);
  private final MatmulKernels scalar = new ScalarMatmul(workers);
  private final MatmulKernels simd = new SimdMatmul(workers, scalar);

  @Test
  void everySizeEqualsTheReference() {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          check(1, (m + n) % 2 == 0, (n + k) % 2 == 0, m, n, k); // each pair of transposes meets each size
          check(1, (m + n) % 2 == 0, (m + k) % 2 == 0, m, n, k);
        }
      }
    }
  }

  @Test
  void everyTransposeOfSeveralBlocksEqualsTheReference() {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        check(1, transposeA, transposeB, 70, 1100, 530);
        check(1, transposeA, transposeB, 3, 1100, 530);
        check(1, transposeA, transposeB, 530, 2, 300);
        check(5, transposeA, transposeB, 17, 35, 33);
      }
    }
  }

  @Test
  void withoutDepthTheProductIsZero() {
    check(1, false, false, 40, 50, 0);
    check(3, false, true, 4, 50, 0);
  }

  private void check(int batch, boolean transposeA, boolean transposeB, int m, int n, int k) {
    var numbers = new WholeNumbers();
    Storage a = numbers.filled(batch * m * k);
    Storage b = numbers.filled(batch * k * n);
    Storage expected = numbers.fresh(batch * m * n);
    Storage actual = numbers.fresh(batch * m * n);
    scalar.matmul(batch, transposeA, transposeB, m, n, k, a, b, expected);
    simd.matmul(batch, transposeA, transposeB, m, n, k, a, b, actual);
    numbers.assertSame("%d × %d·%d·%d, A %s, B %s".formatted(batch, m, k, n, transposeA, transposeB), expected, actual);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    threadsDoNotChangeABit(200, 150, 700);
    threadsDoNotChangeABit(9, 3001, 300);
  }

  private void threadsDoNotChangeABit(int m, int n, int k) {
    HeapStorage a = random(m * k);
    HeapStorage b = random(k * n);
    HeapStorage alone = HeapStorage.wrap(new float[m * n], 0, m * n);
    HeapStorage together = HeapStorage.wrap(new float[m * n], 0, m * n);
    simd.matmul(1, false, false, m, n, k, a, b, alone);
    try (var three = new Workers(3)) {
      new SimdMatmul(three, scalar).matmul(1, false, false, m, n, k, a, b, together);
    }
    Compare.assertSameBits("product", alone.array(), together.array());
  }

  private static HeapStorage random(int size) {
    var random = new SplittableRandom(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
    return HeapStorage.wrap(values, 0, size);
  }
}
