package dev.anyrate.model.evaluate.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against numbers worked out by hand or taken from the papers.
class ComparisonTest {
  /// AUC of C4.5, and of it with m, with cf, with both tuned, on 14 datasets (Demšar 2006, table 6).
  private static final double[][] DEMSAR = {
      {0.763, 0.599, 0.954, 0.628, 0.882, 0.936, 0.661, 0.583, 0.775, 1.000, 0.940, 0.619, 0.972, 0.957},
      {0.768, 0.591, 0.971, 0.661, 0.888, 0.931, 0.668, 0.583, 0.838, 1.000, 0.962, 0.666, 0.981, 0.978},
      {0.771, 0.590, 0.968, 0.654, 0.886, 0.916, 0.609, 0.563, 0.866, 1.000, 0.965, 0.614, 0.975, 0.946},
      {0.798, 0.569, 0.967, 0.657, 0.898, 0.931, 0.685, 0.625, 0.875, 1.000, 0.962, 0.669, 0.975, 0.970}};

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

  /// C4.5 against C4.5 with the parameter m tuned. Two of the 14 datasets are ties, which Demšar splits; left out, twelve remain. The smaller sum of ranks is
  /// 6.5, and of the 2¹² signs 30 give one as far from the mean (counted one by one, in Python).
  @Test
  void findsWhatTheTextbookExampleFinds() {
    Wilcoxon test = Wilcoxon.of(DEMSAR[0], DEMSAR[1]);
    assertEquals(12, test.count());
    assertEquals(0.00732421875, test.pValue());
    assertEquals(test.pValue(), Wilcoxon.of(DEMSAR[1], DEMSAR[0]).pValue());
  }

  @Test
  void theApproximationIsCloseToTheExactTest() {
    double[] ranks = new double[30];
    for (int i = 0; i < ranks.length; i++) ranks[i] = i + 1;
    for (double positive : new double[] {100, 150, 232, 300, 380}) { // the mean is 232.5
      assertEquals(Wilcoxon.exact(ranks, positive), Wilcoxon.approximate(ranks, positive), 0.005);
    }
  }

  /// 40 differences, with equal ones among them; p from SciPy 1.17: `wilcoxon(x, method="approx", correction=True)`.
  @Test
  void theApproximationIsScipys() {
    assertEquals(0.005509522518369788, p(IntStream.rangeClosed(1, 40).mapToDouble(i -> (i * 7919 % 101 - 35) / 100.0).toArray()),
        1e-6);
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

  /// The paper's average ranks, but for one dataset: there the last two methods differ beyond the third digit, here they share a rank.
  @Test
  void textbookExampleOfRanks() {
    List<String> datasets = IntStream.range(0, 14).mapToObj(n -> "d" + n).toList();
    Comparison comparison = Comparison.of(List.of("C4.5", "m", "cf", "m and cf"), datasets, DEMSAR);
    double shared = 0.5 / 14;
    assertArrayEquals(new double[] {3.143, 2.000, 2.893 + shared, 1.964 - shared}, comparison.averageRanks(), 0.0005);
  }

  /// Means over views differ by a rounding where the counts behind them do not. Duels call that a tie, and so do ranks.
  @Test
  void scoresThatDifferByARoundingShareARank() {
    double[][] scores = {{0.1 + 0.2, 0.7}, {0.3, 0.7 - 1e-16}, {0.3 - 1e-16, 0.5}};
    Comparison comparison = Comparison.of(List.of("a", "b", "c"), List.of("d0", "d1"), scores);
    assertArrayEquals(new double[] {1.75, 1.75, 2.5}, comparison.averageRanks(), 1e-12);
    assertEquals(2, comparison.duels().getFirst().ties());
  }

  /// 3/1024 lies in the middle between two multiples of 10⁻⁹: rounded to these, it and its neighbour would be two scores.
  @Test
  void neitherDoesARoundingInTheMiddleOfARaster() {
    double score = 3.0 / 1024;
    double[][] scores = {{score}, {Math.nextDown(score)}};
    Comparison comparison = Comparison.of(List.of("a", "b"), List.of("d"), scores);
    assertEquals(1, comparison.duels().getFirst().ties());
    assertArrayEquals(new double[] {1.5, 1.5}, comparison.averageRanks());
    assertEquals(p(1, -1, 2), p(score, -Math.nextDown(score), 2)); // differences of one size share a rank
  }

  /// Demšar's table 5 to ten methods; further ones from SciPy 1.17, `studentized_range.ppf(0.95, k, inf) / sqrt(2)`.
  @ParameterizedTest
  @CsvSource({"2, 1.960", "3, 2.343", "4, 2.569", "5, 2.728", "6, 2.850", "7, 2.949", "8, 3.031", "9, 3.102", "10, 3.164",
      "11, 3.2187", "12, 3.2680",
      "13, 3.3127", "14, 3.3536", "15, 3.3912", "16, 3.4260", "17, 3.4584", "18, 3.4887", "19, 3.5171", "20, 3.5438",
      "30, 3.7486", "100, 4.3025"})
  void criticalRangesOfAnyNumberOfMethods(int methods, double expected) {
    double tolerance = methods <= 10 ? 0.001 : 0.0001; // the paper's last digit is not always rounded
    assertEquals(expected, StudentizedRange.critical(methods, 0.05) / Math.sqrt(2), tolerance);
  }

  @Test
  void refusesAMissingScore() {
    assertThrows(IllegalArgumentException.class,
        () -> Comparison.of(List.of("a", "b"), List.of("d"), new double[][] {{1}, {Double.NaN}}));
    assertThrows(IllegalArgumentException.class, () -> Comparison.of(List.of("a"), List.of("d"), new double[][] {{1}}));
  }
}
