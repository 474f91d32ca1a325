package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.testing.TestEngine;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RowSpanTest {
  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void coordinatesKeepLengthsAndAnglesOfWhatLiesInTheSpan() {
    float[][] rows = random(5, 40, 1);
    float[][] inside = new float[3][40];
    float[][] weights = random(3, 5, 2);
    for (int n = 0; n < 3; n++) {
      for (int k = 0; k < 5; k++) {
        for (int e = 0; e < 40; e++) inside[n][e] += weights[n][k] * rows[k][e];
      }
    }
    try (RowSpan span = RowSpan.of(engine, rows)) {
      float[][] coordinates = span.coordinates(inside);
      assertEquals(5, coordinates[0].length);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j <= i; j++) assertEquals(1, dot(coordinates[i], coordinates[j]) / dot(inside[i], inside[j]), 2e-2);
      }
    }
  }

  @Test
  void aMapOfCoordinatesIsOneOfFeatures() {
    float[][] rows = random(6, 50, 3);
    float[][] others = random(4, 50, 4);
    float[][] map = random(2, 6, 5);
    try (RowSpan span = RowSpan.of(engine, rows)) {
      Tensor ofCoordinates = engine.tensor(Shape.of(2, 6), Matrices.joined(map, 0, 2));
      float[][] ofFeatures = Matrices.split(span.ofFeatures(ofCoordinates), 50);
      float[][] coordinates = span.coordinates(others);
      for (int n = 0; n < 4; n++) {
        float[] expected = {dot(map[0], coordinates[n]), dot(map[1], coordinates[n])};
        assertArrayEquals(expected, new float[] {dot(ofFeatures[0], others[n]), dot(ofFeatures[1], others[n])}, 1e-4f);
      }
    }
  }

  /// A third of the rows is zero, and all others are the same one.
  @Test
  void rowsThatDependOnEachOtherGiveNothingThatIsNotFinite() {
    float[][] rows = new float[60][];
    float[] one = random(1, 30, 6)[0];
    for (int k = 0; k < rows.length; k++) rows[k] = k % 3 == 0 ? new float[30] : one.clone();
    try (RowSpan span = RowSpan.of(engine, rows); RowSpan nothing = RowSpan.of(engine, new float[4][30])) {
      float[] coordinates = span.coordinates(new float[][] {one})[0];
      assertEquals(1, dot(coordinates, coordinates) / dot(one, one), 1e-2);
      for (float value : nothing.coordinates(new float[][] {one})[0]) assertTrue(Float.isFinite(value));
    }
  }

  private static float dot(float[] a, float[] b) {
    double sum = 0;
    for (int e = 0; e < a.length; e++) sum += (double) a[e] * b[e];
    return (float) sum;
  }

  private static float[][] random(int count, int size, long seed) {
    var random = new SplittableRandom(seed);
    float[][] rows = new float[count][size];
    for (float[] row : rows) {
      for (int e = 0; e < size; e++) row[e] = (float) random.nextGaussian();
    }
    return rows;
  }
}
