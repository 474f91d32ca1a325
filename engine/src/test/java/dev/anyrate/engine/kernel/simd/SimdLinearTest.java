package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.kernel.LinearKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import dev.anyrate.engine.testing.Compare;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimdLinearTest {
  private static final int IN = 40;
  private static final int OUT = 33;

  /// Up to and beyond the rows that one thread sums, and those that it multiplies at a time.
  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 1024, 1025, 5000})
  void gradientsOfManyRowsAreExact(int rows) {
    var numbers = new WholeNumbers();
    Storage x = numbers.filled(rows * IN);
    Storage dY = numbers.filled(rows * OUT);
    Storage dWeight = numbers.fresh(OUT * IN);
    Storage dBias = numbers.fresh(OUT);
    try (var workers = new Workers(1)) {
      kernels(workers).linearBackwardParameters(rows, IN, OUT, x, dY, dWeight, dBias);
    }
    float[] inputs = WholeNumbers.values(x);
    float[] gradients = WholeNumbers.values(dY);
    for (int o = 0; o < OUT; o++) {
      float ofBias = 0;
      float[] ofWeight = new float[IN];
      for (int row = 0; row < rows; row++) {
        float g = gradients[row * OUT + o];
        ofBias += g;
        for (int i = 0; i < IN; i++) ofWeight[i] += g * inputs[row * IN + i];
      }
      assertEquals(ofBias, WholeNumbers.values(dBias)[o], "bias " + o);
      for (int i = 0; i < IN; i++) assertEquals(ofWeight[i], WholeNumbers.values(dWeight)[o * IN + i], "weight " + o + ", " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 5000})
  void anyNumberOfThreadsGivesTheSameBits(int rows) {
    float[] expected = gradients(rows, 1);
    for (int threads : new int[] {2, 3, 5}) {
      for (int repeat = 0; repeat < 5; repeat++) Compare.assertSameBits(threads + " threads", expected, gradients(rows, threads));
    }
  }

  private static float[] gradients(int rows, int threads) {
    var random = new SplittableRandom(5);
    float[] gradients = new float[OUT * IN + OUT];
    try (var workers = new Workers(threads)) {
      kernels(workers).linearBackwardParameters(rows, IN, OUT, uniform(random, rows * IN), uniform(random, rows * OUT),
          HeapStorage.wrap(gradients, 0, OUT * IN), HeapStorage.wrap(gradients, OUT * IN, OUT));
    }
    return gradients;
  }

  private static LinearKernels kernels(Workers workers) {
    return new SimdLinear(workers, null); // what is too small for it does not occur here
  }

  private static Storage uniform(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) values[i] = random.nextFloat() - 0.5f;
    return HeapStorage.wrap(values, 0, size);
  }
}
