package dev.anyrate.model.evaluate;

import java.util.Arrays;

/// Logistic regression on frozen embeddings: how much of the classes lies open to a straight cut.
///
/// Features are standardised; the penalty is L2 with C = 1; the optimum is found by L-BFGS. Objective, bias and the case of two
/// classes are those of scikit-learn's `LogisticRegression` (1.5 and later), and so is the result, to the tolerance of its
/// solver.
///
/// @see <a href="https://scikit-learn.org/stable/modules/linear_model.html#logistic-regression">scikit-learn's description</a>
public final class LinearProbe implements Classifier {
  private static final double C = 1;
  private static final double TOLERANCE = 1e-4; // largest component of the gradient of the mean loss, as scikit-learn's default
  private static final int MAX_ITERATIONS = 1000;

  private final LinearClassifier fitted;

  private LinearProbe(LinearClassifier fitted) {
    this.fitted = fitted;
  }

  /// Fits a probe to rows that also give the standardisation.
  ///
  /// @param x `[N][E]`. Read.
  /// @param y `[N]`, any numbers as classes. Read.
  /// @throws IllegalArgumentException if counts differ, a value is not finite, or there are fewer than two classes
  public static LinearProbe fit(float[][] x, int[] y) {
    return fit(x, y, FeatureScaling.of(x));
  }

  /// Fits a probe under a given standardisation, such as that of TRAIN without its augmented copies.
  ///
  /// @param x       `[N][E]`. Read.
  /// @param y       `[N]`, any numbers as classes. Read.
  /// @param scaling applied to these rows and all that come later
  /// @throws IllegalArgumentException if counts differ, a value is not finite, or there are fewer than two classes
  public static LinearProbe fit(float[][] x, int[] y, FeatureScaling scaling) {
    EmbeddingChecks.requireSameCount("linear probe", x, y);
    int[] classes = LinearClassifier.classesOf("linear probe", y);
    int[] indices = Arrays.stream(y).map(label -> Arrays.binarySearch(classes, label)).toArray();
    var objective = new LogisticObjective(scaling.apply(x), indices, classes.length, C);
    double[] optimum = Lbfgs.minimise(objective, new double[objective.size()], TOLERANCE, MAX_ITERATIONS).x();
    double[] biases = new double[objective.outputs()];
    Arrays.setAll(biases, k -> objective.bias(optimum, k));
    return new LinearProbe(new LinearClassifier(scaling, objective.weights(optimum), biases, classes));
  }

  @Override
  public int[] predict(float[][] x) {
    return fitted.predict(x);
  }

  /// @return `[K][N]`; K is the count of classes, or 1 if there are two: the logit of the second against the first
  double[][] logits(float[][] x) {
    return fitted.scores(x);
  }
}
