package dev.anyrate.engine.kernel.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AxesTest {
  private static final int[] DIMS = {2, 3, 4};

  @Test
  void allAxesInOrderWalkThroughMemory() {
    assertArrayEquals(IntStream.range(0, 24).toArray(), offsets(Axes.rowMajor(DIMS)));
  }

  @Test
  void exchangedAxesWalkDownTheColumns() {
    assertArrayEquals(new int[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, offsets(Axes.rowMajor(new int[] {3, 4}).choose(1, 0)));
  }

  @Test
  void chosenAxesLeaveOutTheOthers() {
    assertArrayEquals(new int[] {0, 1, 2, 3, 12, 13, 14, 15}, offsets(Axes.rowMajor(DIMS).choose(0, 2)));
  }

  @Test
  void noAxisIsOneElement() {
    assertArrayEquals(new int[] {0}, offsets(Axes.rowMajor(DIMS).choose()));
  }

  @Test
  void strideZeroRepeats() {
    assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1}, offsets(new Axes(new int[] {3, 2}, new int[] {0, 1})));
  }

  @Test
  void anEmptyAxisLeavesNothing() {
    assertEquals(0, Axes.rowMajor(new int[] {2, 0, 4}).size());
  }

  private static int[] offsets(Axes axes) {
    return IntStream.range(0, axes.size()).map(axes::offset).toArray();
  }
}
