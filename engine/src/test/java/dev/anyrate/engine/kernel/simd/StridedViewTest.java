package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StridedViewTest {
  private static final float[] OPERAND = {0, 1, 2, 3, 4, 5};

  @Test
  void theResultsOwnOrderIsPlain() {
    assertTrue(new StridedView().set(new int[] {2, 1, 3}, new int[] {3, 0, 1}).isPlain());
    assertTrue(new StridedView().set(new int[] {1, 1}, new int[] {0, 0}).isPlain());
    assertFalse(new StridedView().set(new int[] {2, 3}, new int[] {0, 1}).isPlain());
  }

  @Test
  void aRowIsRepeated() {
    assertArrayEquals(new float[] {0, 1, 2, 0, 1, 2}, copy(new int[] {2, 3}, new int[] {0, 1}, 0, 6));
  }

  @Test
  void aColumnIsRepeated() {
    assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1}, copy(new int[] {2, 3}, new int[] {1, 0}, 0, 6));
  }

  @Test
  void aMiddleAxisIsRepeated() {
    assertArrayEquals(new float[] {0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3}, copy(new int[] {2, 3, 2}, new int[] {2, 0, 1}, 0, 12));
  }

  @Test
  void axesAreExchanged() {
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, copy(new int[] {3, 2}, new int[] {1, 3}, 0, 6));
  }

  @Test
  void aPartBeginsAndEndsAnywhere() {
    assertArrayEquals(new float[] {2, 0, 1}, copy(new int[] {2, 3}, new int[] {0, 1}, 2, 3));
  }

  private static float[] copy(int[] dims, int[] strides, int first, int count) {
    float[] target = new float[count];
    new StridedView().set(dims, strides).copy(first, count, OPERAND, 0, target, 0);
    return target;
  }
}
