package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NearestNeighbourTest {
  @Test
  void takesTheClassOfTheNearestAndOfEqualOnesTheFirst() {
    var classifier = new NearestNeighbour(new float[][] {{0, 0}, {4, 0}, {0, 4}}, new int[] {5, 6, 7});
    float[][] x = {{1, 1}, {3, 0}, {1, 9}, {2, 2}};
    assertArrayEquals(new int[] {5, 6, 7, 5}, classifier.predict(x));
    assertEquals(0.75, classifier.accuracy(x, new int[] {5, 6, 7, 7}));
  }

  @Test
  void refusesMissingLabels() {
    assertThrows(IllegalArgumentException.class, () -> new NearestNeighbour(new float[][] {{0}}, new int[0]));
    var classifier = new NearestNeighbour(new float[][] {{0}}, new int[] {1});
    assertThrows(IllegalArgumentException.class, () -> classifier.accuracy(new float[][] {{0}}, new int[] {1, 1}));
  }
}
