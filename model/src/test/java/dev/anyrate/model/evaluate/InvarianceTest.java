package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InvarianceTest {
  private static float[][] random(int count, int size, long seed) {
    var random = new SplittableRandom(seed);
    float[][] rows = new float[count][size];
    for (float[] row : rows) {
      for (int e = 0; e < size; e++) row[e] = (float) (random.nextDouble() - 0.3);
    }
    return rows;
  }

  @Test
  void cosineIsThatOfTheAngle() {
    assertEquals(Math.sqrt(0.5), CosineSimilarity.of(new float[] {2, 0}, new float[] {3, 3}), 1e-15);
    assertEquals(-1, CosineSimilarity.of(new float[] {1e-30f, 2e-30f}, new float[] {-1e30f, -2e30f}), 1e-15);
    assertEquals(0, CosineSimilarity.of(new float[] {0, 0}, new float[] {1, 1}));
    assertThrows(IllegalArgumentException.class, () -> CosineSimilarity.of(new float[1], new float[2]));
  }

  @Test
  void meansAreThoseOfAllPairs() {
    float[][] original = random(9, 5, 1);
    float[][] resampled = random(9, 5, 2);
    resampled[4] = new float[5]; // an embedding without direction
    double same = 0;
    double other = 0;
    double within = 0;
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        double cosine = CosineSimilarity.of(original[i], resampled[j]);
        if (i == j) {
          same += cosine;
        } else {
          other += cosine;
          within += CosineSimilarity.of(resampled[i], resampled[j]);
        }
      }
    }
    Invariance invariance = Invariance.of(original, resampled);
    assertEquals(same / 9, invariance.cosSame(), 1e-14);
    assertEquals(other / 72, invariance.cosOther(), 1e-14);
    assertEquals(within / 72, Invariance.meanCosine(resampled), 1e-14);
  }

  /// Two of four come nearest to their own, though all are far from the origin in one direction.
  @Test
  void retrievalIsJudgedAfterTheMeanIsTaken() {
    float[][] original = {{101, 100}, {99, 100}, {100, 101}, {100, 99}};
    float[][] resampled = {{103, 100}, {97, 100}, {100, 97}, {100, 103}};
    assertEquals(0.5, Invariance.of(original, resampled).retrievalAt1());
  }

  @Test
  void everySeriesFindsItselfAmongManyAtTheNativeRate() {
    float[][] rows = random(150, 8, 3); // more than one block of queries
    assertEquals(1, Invariance.of(rows, rows).retrievalAt1());
    assertEquals(1, Invariance.of(rows, rows).cosSame(), 1e-14);
    float[][] swapped = rows.clone();
    swapped[140] = rows[20];
    assertEquals(149 / 150.0, Invariance.of(rows, swapped).retrievalAt1());
  }

  @Test
  void collapsedEmbeddingsRetrieveNoMoreThanChance() {
    float[][] alike = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
    assertEquals(0.25, Invariance.of(alike, alike).retrievalAt1());
  }

  @Test
  void refusesWhatCannotBeCompared() {
    float[][] two = random(2, 3, 1);
    assertThrows(IllegalArgumentException.class, () -> Invariance.of(two, random(3, 3, 1)));
    assertThrows(IllegalArgumentException.class, () -> Invariance.of(two, random(2, 4, 1)));
    assertThrows(IllegalArgumentException.class, () -> Invariance.of(random(1, 3, 1), random(1, 3, 1)));
    assertThrows(IllegalArgumentException.class, () -> Invariance.of(two, new float[][] {{1, 2, 3}, {1, Float.NaN, 3}}));
  }
}
