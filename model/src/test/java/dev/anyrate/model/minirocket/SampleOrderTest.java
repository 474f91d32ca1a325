package dev.anyrate.model.minirocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleOrderTest {
  private static final float[] ASCENDING = {Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, -1e20f, -2, -1.5f, -1e-30f, 0, 1e-30f,
      0.1f, 0.1001f, 1, 3e8f,
      Float.MAX_VALUE, Float.POSITIVE_INFINITY};

  @Test
  void ordersAsTheFloatsDoWithDifferencesThatFit() {
    for (int i = 1; i < ASCENDING.length; i++) {
      assertTrue(SampleOrder.of(ASCENDING[i - 1]) < SampleOrder.of(ASCENDING[i]), ASCENDING[i - 1] + " and " + ASCENDING[i]);
    }
    long widest = (long) SampleOrder.of(Float.POSITIVE_INFINITY) - SampleOrder.of(Float.NEGATIVE_INFINITY);
    assertEquals((int) widest, widest);
  }

  /// For counts of thresholds and samples that leave every remainder of the four and of a vector.
  @Test
  void sharesAreThoseOfComparingFloats() {
    var random = new SplittableRandom(3);
    for (int length = 1; length < 70; length++) {
      float[] values = normal(random, length);
      float[] biases = normal(random, 7);
      biases[3] = values[length / 2]; // equal is not above
      var samples = new SampleOrder(length);
      samples.set(values);
      int[] thresholds = IntStream.range(0, biases.length).map(i -> SampleOrder.of(biases[i])).toArray();
      int from = length / 4;
      int to = length - length / 5;
      for (int first = 0; first < biases.length; first++) {
        float[] shares = new float[biases.length];
        float[] expected = new float[biases.length];
        samples.shares(from, to, thresholds, first, biases.length, shares);
        for (int i = first; i < biases.length; i++) {
          int above = 0;
          for (int t = from; t < to; t++) above += values[t] > biases[i] ? 1 : 0;
          expected[i] = (float) above / (to - from);
        }
        assertArrayEquals(expected, shares, "length " + length + ", from threshold " + first);
      }
    }
  }

  private static float[] normal(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian();
    return values;
  }
}
