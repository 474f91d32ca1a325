package dev.anyrate.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
  private static final Shape BATCH = Shape.of(4, 5, 6);

  @Test
  void knowsItsSizes() {
    assertEquals(3, BATCH.rank());
    assertEquals(120, BATCH.size());
    assertEquals(4, BATCH.sizeBefore(1));
    assertEquals(6, BATCH.sizeAfter(1));
    assertEquals(1, BATCH.sizeBefore(0));
    assertEquals(1, BATCH.sizeAfter(-1));
  }

  @Test
  void countsNegativeAxesFromTheEnd() {
    assertEquals(6, BATCH.dim(-1));
    assertEquals(4, BATCH.dim(-3));
    assertEquals(1, BATCH.axis(-2));
  }

  @ParameterizedTest
  @CsvSource({"3", "-4"})
  void refusesAnAxisThatDoesNotExist(int axis) {
    assertEquals("shape: axis " + axis + " does not exist in [4, 5, 6]", messageOf(() -> BATCH.axis(axis)));
  }

  @Test
  void hasNoElementsWhereADimensionIsZero() {
    assertEquals(0, Shape.of(4, 0, 6).size());
  }

  @Test
  void refusesWhatIsNoShape() {
    assertEquals("shape: no dimensions; a scalar has the shape [1]", messageOf(Shape::of));
    assertEquals("shape: [2, -1] has a negative dimension", messageOf(() -> Shape.of(2, -1)));
    assertEquals("shape: [65536, 32768] has more than 2^31 - 1 elements; use smaller batches",
        messageOf(() -> Shape.of(65536, 32768)));
  }

  @Test
  void keepsItsDimensionsFromTheCaller() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
  }

  @Test
  void isEqualByDimensions() {
    assertEquals(Shape.of(4, 5, 6), BATCH);
    assertEquals(Shape.of(4, 5, 6).hashCode(), BATCH.hashCode());
    assertNotEquals(Shape.of(4, 30), BATCH);
  }

  @Test
  void replacesOneDimension() {
    assertEquals(Shape.of(4, 9, 6), BATCH.with(1, 9));
    assertEquals(Shape.of(4, 5, 9), BATCH.with(-1, 9));
  }

  @Test
  void broadcastsAlignedAtTheRight() {
    assertEquals(Shape.of(4, 3, 7), Shape.broadcast("add", Shape.of(4, 1, 7), Shape.of(3, 1)));
    assertEquals(Shape.of(3, 6), Shape.broadcast("add", Shape.of(1), Shape.of(3, 6)));
    assertEquals(Shape.of(0, 6), Shape.broadcast("add", Shape.of(1, 6), Shape.of(0, 1)));
  }

  @Test
  void saysWhichShapesDoNotBroadcast() {
    assertEquals(
        "add: [2, 3] and [2] do not broadcast; aligned at the right, each pair of dimensions must be equal or one of them 1",
        messageOf(() -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2))));
  }

  @Test
  void readsRepeatedAxesWithStrideZero() {
    assertArrayEquals(new int[] {7, 0, 1}, Shape.of(4, 1, 7).stridesIn(Shape.of(4, 3, 7)));
    assertArrayEquals(new int[] {0, 1, 0}, Shape.of(3, 1).stridesIn(Shape.of(4, 3, 7)));
    assertArrayEquals(new int[] {30, 6, 1}, BATCH.stridesIn(BATCH));
  }

  private static String messageOf(Runnable action) {
    return assertThrows(ShapeMismatch.class, action::run).getMessage();
  }
}
