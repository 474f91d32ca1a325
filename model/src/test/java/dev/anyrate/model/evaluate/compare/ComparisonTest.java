package dev.anyrate.model.evaluate.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Against numbers worked out by hand or taken from the papers.
class ComparisonTest {
  private static double p(double... differences) {
    return Wilcoxon.of(differences, new double[differences.length]).pValue();
  }

  @Test
  void theExactTestCountsSigns() {
    assertEquals(0.25, p(1, 2, 3)); // of eight signs, +++ and −−−
    assertEquals(2.0 / 128, p(1, 2, 3, 4, 5, 6, 7), 1e-15);
    assertEquals(4.0 / 128, p(-1, 2, 3, 4, 5, 6, 7), 1e-15); // also +++++++
    assertEquals(1, p(1, -1));
    assertEquals(1, p(0, 0, 0));
  }

  @Test
  void equalResultsAreLeftOutAndTiesShareARank() {
    assertEquals(p(1, 2, 3), p(0, 1, 2, 0, 3));
    // Ranks 1.5, 1.5, 3; positive 1.5 + 3 = 4.5 of 6. Sums as far from 3: 0, 1.5 (twice), 4.5 (twice), 6: six of eight.
    assertEquals(0.75, p(1, -1, 2));
  }

  /// Demšar's example (2006, table 2): C4.5 against C4.5 with the parameter m tuned, on 14 datasets. Two are ties, which he splits; left out, twelve remain.
  @Test
  void findsWhatTheTextbookExampleFinds() {
    double[] plain = {0.763, 0.599, 0.954, 0.628, 0.882, 0.936, 0.661, 0.583, 0.775, 1.000, 0.940, 0.619, 0.972, 0.957};
    double[] tuned = {0.768, 0.591, 0.971, 0.661, 0.888, 0.931, 0.668, 0.583, 0.838, 1.000, 0.962, 0.666, 0.981, 0.978};
    Wilcoxon test = Wilcoxon.of(plain, tuned);
    assertEquals(12, test.count());
    assertTrue(test.pValue() < 0.05 && test.pValue() > 0.005, () -> "p = " + test.pValue());
    assertEquals(test.pValue(), Wilcoxon.of(tuned, plain).pValue());
  }

  @Test
  void theApproximationIsCloseToTheExactTest() {
    double[] ranks = new double[30];
    for (int i = 0; i < ranks.length; i++) ranks[i] = i + 1;
    for (double positive : new double[] {100, 150, 232, 300, 380}) { // the mean is 232.5
      assertEquals(Wilcoxon.exact(ranks, positive), Wilcoxon.approximate(ranks, positive), 0.005);
    }
  }

  @Test
  void holmCorrectsStepByStep() {
    assertArrayEquals(new double[] {0.03, 0.06, 0.06}, Holm.corrected(new double[] {0.01, 0.04, 0.03}), 1e-15);
    assertArrayEquals(new double[] {1, 1}, Holm.corrected(new double[] {0.9, 0.8}));
  }

  /// Demšar's critical difference for four methods on fourteen datasets: 2.569 · √(4·5 / (6·14)) = 1.25.
  @Test
  void ranksAreAveragedAndTheCriticalDifferenceIsThePapers() {
    double[][] scores = new double[4][14];
    for (int n = 0; n < 14; n++) {
      scores[0][n] = 0.9;
      scores[1][n] = 0.9;
      scores[2][n] = 0.5;
      scores[3][n] = n < 7 ? 0.8 : 0.4;
    }
    List<String> datasets = IntStream.range(0, 14).mapToObj(n -> "d" + n).toList();
    Comparison comparison = Comparison.of(List.of("a", "b", "c", "d"), datasets, scores);
    assertArrayEquals(new double[] {1.5, 1.5, 3.5, 3.5}, comparison.averageRanks(), 1e-12);
    assertEquals(1.25, comparison.criticalDifference(), 0.005);
    assertEquals(List.of(List.of(0, 1), List.of(2, 3)), comparison.groups());
    assertEquals(new Comparison.Duel("b", 0, 14, 0, 1, 1), comparison.duels().getFirst());
    assertEquals(14, comparison.duels().get(1).wins());
  }

  @Test
  void refusesAMissingScore() {
    assertThrows(IllegalArgumentException.class,
        () -> Comparison.of(List.of("a", "b"), List.of("d"), new double[][] {{1}, {Double.NaN}}));
    assertThrows(IllegalArgumentException.class, () -> Comparison.of(List.of("a"), List.of("d"), new double[][] {{1}}));
  }
}
