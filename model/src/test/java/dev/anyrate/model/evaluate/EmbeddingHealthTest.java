package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbeddingHealthTest {
  @Test
  void theEffectiveRankCountsEqualDirections() {
    float[][] cube = {{1, 0, 0, 9}, {-1, 0, 0, 9}, {0, 1, 0, 9}, {0, -1, 0, 9}, {0, 0, 1, 9}, {0, 0, -1, 9}};
    assertEquals(3, EmbeddingHealth.of(cube).effectiveRank(), 1e-12); // through the covariance, as N > E
    float[][] wide = new float[6][20];
    for (int i = 0; i < 6; i++) System.arraycopy(cube[i], 0, wide[i], 7, 4);
    assertEquals(3, EmbeddingHealth.of(wide).effectiveRank(), 1e-12); // through the Gram matrix, as N < E
    assertEquals(1, EmbeddingHealth.of(new float[][] {{1, 1}, {2, 2}, {5, 5}}).effectiveRank(), 1e-12);
  }

  @Test
  void variedEmbeddingsAreSound() {
    var random = new SplittableRandom(1);
    float[][] rows = new float[50][16];
    for (float[] row : rows) {
      for (int e = 0; e < 16; e++) row[e] = (float) random.nextDouble();
    }
    assertFalse(EmbeddingHealth.of(rows).collapsed());
    assertTrue(EmbeddingHealth.of(rows).warning().isEmpty());
  }

  @Test
  void embeddingsThatAreAllAlikeHaveCollapsed() {
    float[][] rows = new float[50][16];
    for (int i = 0; i < 50; i++) {
      for (int e = 0; e < 16; e++) rows[i][e] = 1 + 1e-3f * ((i * e) % 7);
    }
    String warning = EmbeddingHealth.of(rows).warning().orElseThrow();
    assertTrue(warning.startsWith("collapse: the embeddings of 50 series are all alike (mean cosine 1.0000)"), warning);
    assertEquals(1, warning.lines().count());
    assertTrue(EmbeddingHealth.of(new float[3][4]).collapsed(), "zeros");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThrows(IllegalArgumentException.class, () -> EmbeddingHealth.of(new float[1][4]));
    assertThrows(IllegalArgumentException.class, () -> EmbeddingHealth.of(new float[][] {{1}, {Float.NaN}}));
  }
}
