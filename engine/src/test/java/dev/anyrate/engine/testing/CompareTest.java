package dev.anyrate.engine.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CompareTest {
  private static final double[] EXPECTED = {3, 4};

  @Test
  void measuresTheDifferenceInNorm() {
    assertEquals(0.1, Compare.relativeError(EXPECTED, new float[] {3, 4.5f}, 0), 1e-9); // 0.5 / ‖(3, 4)‖
    assertEquals(0.05, Compare.relativeError(EXPECTED, new float[] {3, 4.5f}, 10), 1e-9);
    assertEquals(0, Compare.relativeError(new double[2], new float[2], 0));
  }

  @Test
  void namesWhatDiffers() {
    AssertionError error = assertThrows(AssertionError.class,
        () -> Compare.assertClose("y", EXPECTED, new float[] {3, 4.5f}, 0.01));
    assertEquals("y: relative error 0.100, allowed 0.0100; ‖expected‖ = 5.00; [1] expected 4.00000000, was 4.50000000",
        error.getMessage());
    assertDoesNotThrow(() -> Compare.assertClose("y", EXPECTED, new float[] {3, 4.5f}, 0.11));
  }

  @Test
  void acceptsNeitherNaNNorAnotherCount() {
    assertThrows(AssertionError.class, () -> Compare.assertClose("y", EXPECTED, new float[] {3, Float.NaN}, 1));
    assertThrows(AssertionError.class, () -> Compare.assertClose("y", EXPECTED, new float[] {3}, 1));
    assertThrows(AssertionError.class, () -> Compare.assertClose("y", new double[2], new float[] {0, 1e-5f}, 1));
  }

  @Test
  void tellsBitsApartThatCompareEqual() {
    assertThrows(AssertionError.class, () -> Compare.assertSameBits("y", new float[] {0f}, new float[] {-0f}));
    assertDoesNotThrow(() -> Compare.assertSameBits("y", new float[] {1f}, new float[] {1f}));
  }
}
