package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.memory.HeapStorage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchMomentsTest {
  private static final float OFFSET = 100; // a variance far below the squared mean

  /// One vector, several, four together, and what is left of a vector.
  @Test
  void meanAndVarianceAreThoseOfDoublePrecision() {
    for (int channels : new int[] {LANES, LANES + 3, 3 * LANES - 1, 4 * LANES, 8 * LANES + 5}) {
      check(channels, 50_000, 50_000); // many parts
      check(channels, 7 * BatchMoments.ROWS, BatchMoments.ROWS, 0, 7 * BatchMoments.ROWS, 2 * BatchMoments.ROWS + 1, 1);
    }
  }

  private static void check(int channels, int length, int... lengths) {
    float[] x = numbers(lengths.length * length * channels);
    float[] valid = new float[lengths.length];
    for (int b = 0; b < lengths.length; b++) {
      valid[b] = lengths[b];
      Arrays.fill(x, (b * length + lengths[b]) * channels, (b + 1) * length * channels, Float.NaN);
    }
    float[] mean = new float[channels];
    float[] variance = new float[channels];
    measure(length, channels, x, valid, mean, variance);
    double n = Arrays.stream(lengths).sum();
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = c; i < x.length; i += channels) sum += Float.isNaN(x[i]) ? 0 : x[i];
      double squares = 0;
      for (int i = c; i < x.length; i += channels) squares += Float.isNaN(x[i]) ? 0 : Math.pow(x[i] - sum / n, 2);
      assertEquals(sum / n, mean[c], 2e-7 * OFFSET, channels + " channels, mean of " + c);
      // The mean of a part is rounded by up to 4e-6 of the deviation here, where its distance from the common mean is squared.
      assertEquals(squares / n, variance[c], 5e-6 * squares / n, channels + " channels, variance of " + c);
    }
  }

  @Test
  void whatIsNoNumberStaysInItsChannel() {
    float[] x = numbers(3 * LANES);
    x[0] = Float.NaN;
    x[LANES + 1] = Float.POSITIVE_INFINITY;
    float[] mean = new float[LANES];
    float[] variance = new float[LANES];
    measure(3, LANES, x, new float[] {3}, mean, variance);
    assertArrayEquals(new float[] {Float.NaN, Float.POSITIVE_INFINITY}, Arrays.copyOf(mean, 2));
    assertArrayEquals(new float[] {Float.NaN, Float.NaN}, Arrays.copyOf(variance, 2));
    for (int c = 2; c < LANES; c++) assertEquals(OFFSET, mean[c], 10);
  }

  private static void measure(int length, int channels, float[] x, float[] lengths, float[] mean, float[] variance) {
    var moments = new BatchMoments();
    moments.start(lengths.length, length, channels, HeapStorage.wrap(lengths, 0, lengths.length));
    for (int b = 0; b < lengths.length; b++) moments.measure(b, 0, length, x, b * length * channels);
    moments.finish(HeapStorage.wrap(mean, 0, channels), HeapStorage.wrap(variance, 0, channels));
  }

  private static float[] numbers(int size) {
    var random = new SplittableRandom(11);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) numbers[i] = OFFSET + (float) random.nextGaussian();
    return numbers;
  }
}
