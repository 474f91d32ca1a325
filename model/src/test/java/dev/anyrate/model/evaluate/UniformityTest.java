package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UniformityTest {
  @Test
  void alikeEmbeddingsHaveUniformityZeroAndOrthogonalOnesMinusFour() {
    assertEquals(0, Uniformity.of(new float[][] {{1, 2}, {2, 4}, {0.5f, 1}}), 1e-9);
    assertEquals(-4, Uniformity.of(new float[][] {{1, 0, 0}, {0, 3, 0}, {0, 0, 2}}), 1e-9); // ‖u − v‖² = 2
    assertEquals(-8, Uniformity.of(new float[][] {{1, 0}, {-1, 0}}), 1e-9); // ‖u − v‖² = 4
  }

  @Test
  void alignmentIsTheMeanSquaredDistanceOnTheSphere() {
    assertEquals(0, Uniformity.alignment(new float[][] {{1, 1}}, new float[][] {{4, 4}}), 1e-9);
    assertEquals(3, Uniformity.alignment(new float[][] {{1, 0}, {1, 0}}, new float[][] {{0, 5}, {-1, 0}}), 1e-9); // 2 and 4
  }

  @Test
  void alignmentOfOtherCountsIsRefused() {
    assertThrows(IllegalArgumentException.class,
        () -> Uniformity.alignment(new float[][] {{1, 0}}, new float[][] {{1, 0}, {0, 1}}));
    assertThrows(IllegalArgumentException.class,
        () -> Uniformity.alignment(new float[][] {{1, 0}, {0, 1}}, new float[][] {{1, 0}}));
    assertThrows(IllegalArgumentException.class, () -> Uniformity.alignment(new float[0][], new float[0][]));
  }

  @Test
  void aDimensionThatHardlyChangesIsDead() {
    float[][] rows = {{1, 0, 5}, {-1, 1e-4f, 5}, {1, 0, 5}, {-1, 0, 5}};
    assertEquals(2, EmbeddingHealth.of(rows).deadDimensions());
    assertTrue(EmbeddingHealth.of(rows).effectiveRank() < 1.01);
  }
}
