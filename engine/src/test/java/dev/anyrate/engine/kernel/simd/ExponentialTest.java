package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.GuardedMemory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  /// From the smallest normal result to the largest.
  private static final float LOWEST = -87.3f;
  private static final float HIGHEST = 88.7f;
  private static final float STEP = 1.9e-4f;

  @Test
  void theRelativeErrorStaysBelowItsBound() {
    float[] x = new float[(int) ((HIGHEST - LOWEST) / STEP)];
    for (int i = 0; i < x.length; i++) x[i] = LOWEST + i * STEP;
    float[] y = new float[x.length];
    Exponential.apply(x.length, 1, x, 0, y, 0);
    double worst = 0;
    for (int i = 0; i < x.length; i++) worst = Math.max(worst, Math.abs(y[i] / Math.exp(x[i]) - 1));
    assertTrue(worst < 1.0e-7, "relative error " + worst);
  }

  @Test
  void theEndsOfTheRangeAreRight() {
    float[] x = {Float.NEGATIVE_INFINITY, -1e30f, -105, -103, -90, -0f, 0, 1e-30f, 88.8f, 1e30f, Float.POSITIVE_INFINITY,
        Float.NaN};
    float[] y = new float[x.length];
    Exponential.apply(x.length, 1, x, 0, y, 0);
    for (int i = 0; i < x.length; i++) {
      float expected = (float) Math.exp(x[i]);
      float tolerance = Float.isFinite(expected) ? Math.max(Float.MIN_VALUE, Math.ulp(expected)) : 0;
      assertEquals(expected, y[i], tolerance, "e^" + x[i]);
    }
  }

  @Test
  void theFactorIsApplied() {
    float[] x = {0.5f, -2, 3};
    float[] y = new float[3];
    Exponential.apply(3, -2, x, 0, y, 0);
    for (int i = 0; i < x.length; i++) assertEquals(Math.exp(-2 * x[i]), y[i], 1e-6 * Math.exp(-2 * x[i]));
  }

  @Test
  void theSummandIsAdded() {
    float[] x = {0.5f, -2, 3};
    float[] y = new float[3];
    Exponential.apply(3, -2, 1.5f, x, 0, y, 0);
    for (int i = 0; i < x.length; i++) assertEquals(Math.exp(-2 * x[i] + 1.5), y[i], 1e-6 * Math.exp(-2 * x[i] + 1.5));
  }

  @Test
  void powersOfTwoKeepTheirBound() {
    float[] x = new float[LANES << 14];
    for (int i = 0; i < x.length; i++) x[i] = -126 + 252f * i / x.length;
    float[] y = new float[x.length];
    Exponential.powersOfTwo(x.length, 1, 0, x, 0, y, 0);
    double worst = 0;
    for (int i = 0; i < x.length; i++) worst = Math.max(worst, Math.abs(y[i] / Math.pow(2, x[i]) - 1));
    assertTrue(worst < 2.0e-7, "relative error " + worst);
  }

  /// Else what was read beyond an end would not show in a softmax.
  @Test
  void powersOfTwoOfNaNStayNaN() {
    var memory = new GuardedMemory();
    for (int storage = 0; storage < 3000; storage++) {
      var guarded = (HeapStorage) memory.allocate(1);
      float guard = guarded.array()[guarded.offset() - 1];
      float[] x = new float[2 * LANES];
      Arrays.fill(x, guard);
      Exponential.powersOfTwo(x.length, 1, 0, x, 0, x, 0);
      assertAllNaN(x, guard);
      Arrays.fill(x, guard);
      Exponential.powersOfTwo(x.length - 1, x, 0);
      assertAllNaN(x, guard);
      Arrays.fill(x, guard);
      Exponential.powersOfTwo(2, LANES, x, LANES, new float[LANES]);
      assertAllNaN(x, guard);
    }
  }

  private static void assertAllNaN(float[] x, float guard) {
    for (float value : x)
      assertTrue(Float.isNaN(value), () -> Integer.toHexString(Float.floatToRawIntBits(guard)) + " became " + value);
  }

  @Test
  void anElementsResultDoesNotDependOnItsPlace() {
    float[] x = new float[2 * LANES + 3];
    Arrays.fill(x, 0.7321f);
    Exponential.apply(x.length, 1, x, 0, x, 0);
    float[] same = new float[x.length];
    Arrays.fill(same, x[0]);
    Compare.assertSameBits("e^0.7321", same, x);
  }

  @Test
  void theCompilerDoesNotChangeABit() {
    float[] x = new float[64];
    for (int i = 0; i < x.length; i++) x[i] = (i - 40) * 0.77f;
    float[] first = new float[x.length]; // by the interpreter, or by whatever earlier tests left
    Exponential.apply(x.length, 1, x, 0, first, 0);
    float[] later = new float[x.length];
    for (int i = 0; i < 20_000; i++) {
      Exponential.apply(x.length, 1, x, 0, later, 0);
      Compare.assertSameBits("call " + i, first, later);
    }
  }
}
