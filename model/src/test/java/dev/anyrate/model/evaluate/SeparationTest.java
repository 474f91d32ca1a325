package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeparationTest {
  private static float[][] random(int rows, int columns, long seed) {
    var random = new SplittableRandom(seed);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int e = 0; e < columns; e++) row[e] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void embeddingsThatStayAreSeparatedPerfectly() {
    float[][] rows = random(20, 50, 1);
    assertEquals(1, Separation.of(rows, rows).auroc());
  }

  @Test
  void embeddingsThatAreAllAlikeTellNothing() {
    float[][] alike = new float[10][3];
    for (float[] row : alike) Arrays.fill(row, 1);
    assertEquals(0.5, Separation.of(alike, alike).auroc());
  }

  /// Whatever the one point is: a cosine that is summed in another order differs in its last bit, and an encoder that has collapsed would be right always or never.
  @Test
  void embeddingsThatAreAllAtAnyOnePointTellNothing() {
    for (int columns : new int[] {2, 5, 64, 127}) {
      for (long seed = 0; seed < 20; seed++) {
        float[][] alike = new float[10][];
        Arrays.fill(alike, random(1, columns, seed)[0]);
        assertEquals(0.5, Separation.of(alike, alike).auroc(), columns + " columns, seed " + seed);
      }
    }
  }

  @Test
  void theAreaIsThatOfCountingEveryPair() {
    float[][] native1 = random(9, 4, 2);
    float[][] other = random(9, 4, 3);
    double wins = 0;
    for (int own = 0; own < 9; own++) {
      double cosine = CosineSimilarity.of(native1[own], other[own]);
      for (int i = 0; i < 9; i++) {
        for (int j = 0; j < 9; j++) {
          if (i != j && cosine > CosineSimilarity.of(native1[i], other[j])) wins++;
        }
      }
    }
    assertEquals(wins / (9.0 * 9 * 8), Separation.of(native1, other).auroc(), 1e-12);
  }

  @Test
  void distributionsSumToOne() {
    Separation separation = Separation.of(random(9, 4, 2), random(9, 4, 3));
    assertEquals(1, Arrays.stream(separation.own()).sum(), 1e-12);
    assertEquals(1, Arrays.stream(separation.other()).sum(), 1e-12);
  }

  @Test
  void refusesOneSeriesAndOtherCounts() {
    assertThrows(IllegalArgumentException.class, () -> Separation.of(random(1, 4, 1), random(1, 4, 1)));
    assertThrows(IllegalArgumentException.class, () -> Separation.of(random(3, 4, 1), random(2, 4, 1)));
    assertThrows(IllegalArgumentException.class, () -> Separation.of(random(3, 4, 1), random(3, 5, 1)));
  }
}
