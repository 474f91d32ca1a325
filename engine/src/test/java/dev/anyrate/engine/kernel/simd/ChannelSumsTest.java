package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChannelSumsTest {
  private static final int ROWS = 50_000;
  private static final int CHANNELS = LANES + 3; // a vector and a rest
  private static final float OFFSET = 100; // far from zero, where a plain float sum of so many rows errs by 1e-4

  private final float[] x = numbers();

  @Test
  void longSumsLoseNoDigits() {
    float[] sums = new float[CHANNELS];
    ChannelSums.sum(ROWS, CHANNELS, x, 0, sums, 0);
    for (int c = 0; c < CHANNELS; c++) {
      double expected = 0;
      for (int row = 0; row < ROWS; row++) expected += x[row * CHANNELS + c];
      assertEquals(expected, sums[c], 2e-7 * expected, "channel " + c);
    }
  }

  @Test
  void aSumBeyondTheRangeIsInfinite() {
    float[] large = new float[3 * CHANNELS];
    Arrays.fill(large, Float.MAX_VALUE);
    large[1] = Float.POSITIVE_INFINITY;
    large[2] = Float.NaN;
    large[3] = -Float.MAX_VALUE;
    float[] sums = new float[CHANNELS];
    ChannelSums.sum(3, CHANNELS, large, 0, sums, 0);
    float[] expected = new float[CHANNELS];
    Arrays.fill(expected, Float.POSITIVE_INFINITY);
    expected[2] = Float.NaN;
    expected[3] = Float.MAX_VALUE;
    assertArrayEquals(expected, sums);
  }

  @Test
  void squaresAreTakenAroundTheCenter() {
    float[] center = new float[CHANNELS];
    Arrays.fill(center, OFFSET);
    float[] sums = new float[CHANNELS];
    ChannelSums.squares(ROWS, CHANNELS, x, 0, center, 0, sums, 0);
    for (int c = 0; c < CHANNELS; c++) {
      double expected = 0;
      for (int row = 0; row < ROWS; row++) expected += Math.pow((double) x[row * CHANNELS + c] - OFFSET, 2);
      assertEquals(expected, sums[c], 2e-7 * expected, "channel " + c);
    }
  }

  @Test
  void gradientsAreClosedWhereTheGateIs() {
    float[] gate = {-1, 0, 1};
    float[] dY = {10, 20, 30};
    float[] gates = new float[gate.length * LANES];
    float[] gradients = new float[gate.length * LANES];
    for (int row = 0; row < gate.length; row++) {
      Arrays.fill(gates, row * LANES, (row + 1) * LANES, gate[row]);
      Arrays.fill(gradients, row * LANES, (row + 1) * LANES, dY[row]);
    }
    float[] center = new float[LANES];
    Arrays.fill(center, 1);
    float[] sums = new float[2 * LANES];
    ChannelSums.gradients(3, LANES, gradients, 0, gates, 0, 0, gradients, 0, center, 0, sums, 0);
    assertEquals(30, sums[0]);
    assertEquals(30 * 29, sums[LANES]);
    ChannelSums.gradients(3, LANES, gradients, 0, gates, 0, ChannelRows.closed(false), gradients, 0, center, 0, sums, 0);
    assertEquals(60, sums[0]);
  }

  private static float[] numbers() {
    var random = new SplittableRandom(11);
    float[] numbers = new float[ROWS * CHANNELS];
    for (int i = 0; i < numbers.length; i++) numbers[i] = OFFSET + (float) random.nextGaussian();
    return numbers;
  }
}
