package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.model.algebra.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearProbeTest {
  private static final double LOGIT_TOLERANCE = 3e-3; // see agreesWithScikitLearnOnThreeClasses

  /// `sin(1 + 0.7·n + 1.3·e + 0.11·n·e) + 0.5·cos(2·y + e)`; feature 2 is 4 everywhere.
  private static float[][] features(int[] y) {
    float[][] x = new float[y.length][5];
    for (int n = 0; n < x.length; n++) {
      for (int e = 0; e < x[n].length; e++) {
        x[n][e] = e == 2 ? 4 : (float) (Math.sin(1 + 0.7 * n + 1.3 * e + 0.11 * n * e) + 0.5 * Math.cos(2.0 * y[n] + e));
      }
    }
    return x;
  }

  private static int[] labels(int count, int classes) {
    return IntStream.range(0, count).map(n -> 7 * n % classes).toArray();
  }

  /// Reference: scikit-learn 1.9.1, `StandardScaler` and `LogisticRegression(C=1, tol=1e-12).decision_function`.
  /// Tolerance: the probe ends at 1e-4 in the mean gradient; over the least curvature, 1 / (C·N) = 1/30, that is 3e-3 in a
  /// weight.
  @Test
  void agreesWithScikitLearnOnThreeClasses() {
    int[] y = labels(30, 3);
    double[][] logits = LinearProbe.fit(features(y), y).logits(features(y)); // [K][N]
    double[][] reference = {{4.979470182, -4.243051018, -0.736419164}, {-1.038277293, 1.158482476, -0.120205183},
        {-2.373102681, 1.618402512, 0.754700169}, {-0.077333977, -0.202391818, 0.279725796}};
    for (int n = 0; n < reference.length; n++) {
      for (int k = 0; k < 3; k++) assertEquals(reference[n][k], logits[k][n], LOGIT_TOLERANCE, "row " + n + ", class " + k);
    }
    assertEquals(0.8, LinearProbe.fit(features(y), y).accuracy(features(y), y), 1e-12);
  }

  /// Reference as above: with two classes there is one logit, that of the second.
  @Test
  void agreesWithScikitLearnOnTwoClasses() {
    int[] y = labels(30, 2);
    double[][] logits = LinearProbe.fit(features(y), y).logits(features(y));
    assertEquals(1, logits.length);
    assertArrayEquals(new double[] {-6.42115755, 1.396935337, -0.102846051, 4.796723341}, Arrays.copyOf(logits[0], 4),
        LOGIT_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void theGradientIsThatOfTheObjective(int classes) {
    int[] y = labels(30, classes);
    var objective = new LogisticObjective(FeatureScaling.of(features(y)).apply(features(y)), y, classes, 0.3);
    double[] point = new SplittableRandom(1).doubles(objective.size(), -1, 1).toArray();
    double[] gradient = new double[point.length];
    double[] unused = new double[point.length];
    objective.evaluate(point, gradient);
    double h = 1e-5;
    for (int j = 0; j < point.length; j++) {
      double[] up = point.clone();
      double[] down = point.clone();
      up[j] += h;
      down[j] -= h;
      double difference = (objective.evaluate(up, unused) - objective.evaluate(down, unused)) / (2 * h);
      assertEquals(difference, gradient[j], 1e-8, "variable " + j);
    }
  }

  @Test
  void theObjectiveAtZeroIsTheEntropyOfAGuess() {
    int[] y = labels(30, 5);
    var five = new LogisticObjective(FeatureScaling.of(features(y)).apply(features(y)), y, 5, 1);
    assertEquals(Math.log(5), five.evaluate(new double[five.size()], new double[five.size()]), 1e-12);
    int[] binary = labels(30, 2);
    var two = new LogisticObjective(FeatureScaling.of(features(binary)).apply(features(binary)), binary, 2, 1);
    assertEquals(Math.log(2), two.evaluate(new double[two.size()], new double[two.size()]), 1e-12);
  }

  /// One feature, symmetric around 0: by hand, the weight solves w = C·Σ|x|·σ(−w|x|), here w = 4·σ(−w).
  @Test
  void theOptimumIsThatFoundByHand() {
    float[][] x = {{-1}, {-1}, {1}, {1}};
    double weight = LinearProbe.fit(x, new int[] {0, 0, 1, 1}).logits(x)[0][2];
    assertEquals(4 / (1 + Math.exp(weight)), weight, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theGradientVanishesAtTheOptimum(int classes) {
    int[] y = labels(30, classes);
    var objective = new LogisticObjective(FeatureScaling.of(features(y)).apply(features(y)), y, classes, 1);
    double[] optimum = Lbfgs.minimise(objective, new double[objective.size()], 1e-10, 1000).x();
    double[] gradient = new double[objective.size()];
    objective.evaluate(optimum, gradient);
    for (double component : gradient) assertEquals(0, component, 1e-10);

    double[][] logits = LinearProbe.fit(features(y), y).logits(features(y));
    for (int k = 0; k < logits.length; k++) {
      assertEquals(logit(objective, optimum, features(y), k, 4), logits[k][4], LOGIT_TOLERANCE, "output " + k);
    }
  }

  private static double logit(LogisticObjective objective, double[] variables, float[][] x, int output, int n) {
    return Rows.dot(objective.weights(variables)[output], FeatureScaling.of(x).apply(x)[n]) + objective.bias(variables, output);
  }

  @Test
  void separatesWhatCanBeSeparated() {
    var random = new SplittableRandom(3);
    int[] y = labels(60, 4);
    float[][] x = new float[60][6];
    for (int n = 0; n < 60; n++) {
      for (int e = 0; e < 6; e++) x[n][e] = (float) (random.nextDouble() + (e == y[n] ? 3 : 0));
    }
    assertEquals(1, LinearProbe.fit(x, y).accuracy(x, y));
  }

  @Test
  void classesNeedNotBeConsecutive() {
    float[][] x = {{0}, {1}, {5}, {6}, {10}, {11}};
    int[] y = {7, 7, -2, -2, 40, 40};
    assertArrayEquals(new int[] {7, 40}, LinearProbe.fit(x, y).predict(new float[][] {{0}, {11}}));
  }

  @Test
  void aFeatureThatNeverChangesHasNoInfluenceLater() {
    int[] y = labels(30, 3);
    float[][] moved = features(y);
    for (float[] row : moved) row[2] = 1e6f;
    LinearProbe probe = LinearProbe.fit(features(y), y);
    assertArrayEquals(probe.logits(features(y))[0], probe.logits(moved)[0]);
  }

  @Test
  void aFeatureThatVariesByRoundingOnlyCountsAsConstant() {
    float next = Math.nextUp(1f);
    double[][] scaled = FeatureScaling.of(new float[][] {{1, 0}, {next, 1}, {1, 2}}).apply(new float[][] {{5, 1}, {1, 2}});
    assertArrayEquals(new double[] {0, 0}, scaled[0]);
    assertArrayEquals(new double[] {0, 1 / Math.sqrt(2.0 / 3)}, scaled[1], 1e-15);
  }

  @Test
  void refusesWhatNothingCanBeLearnedFrom() {
    float[][] x = {{1}, {2}};
    assertEquals("linear probe: all 2 series are of one class; give series of at least two", refusal(x, 3, 3));
    assertTrue(refusal(x, 1).contains("2 embeddings and 1 labels"));
    assertTrue(refusal(new float[0][]).contains("no embeddings"));
    assertTrue(refusal(new float[][] {{1}, {Float.NaN}}, 0, 1).contains("embedding 1 holds NaN"));
    assertTrue(refusal(new float[][] {{1}, {2, 3}}, 0, 1).contains("all must have the same"));
    LinearProbe probe = LinearProbe.fit(x, new int[] {0, 1});
    assertThrows(IllegalArgumentException.class, () -> probe.predict(new float[][] {{1, 2}}));
    assertThrows(IllegalArgumentException.class, () -> probe.predict(new float[][] {{Float.POSITIVE_INFINITY}}));
  }

  private static String refusal(float[][] x, int... y) {
    return assertThrows(IllegalArgumentException.class, () -> LinearProbe.fit(x, y)).getMessage();
  }
}
