package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;
import java.util.Arrays;

/// The class with the largest linear score: what logistic regression and ridge regression are once they are fitted.
///
/// @param scaling of the features, before all else
/// @param weights `[K][E]`; K is the count of classes, or 1 if there are two: the score of the second against the first
/// @param biases  `[K]`
/// @param classes those that occur, ascending
public record LinearClassifier(FeatureScaling scaling, double[][] weights, double[] biases, int[] classes) implements Classifier {
  /// The classes that occur, ascending.
  ///
  /// @param y any numbers. Read.
  /// @throws IllegalArgumentException if there are fewer than two
  public static int[] classesOf(String operation, int[] y) {
    int[] classes = Arrays.stream(y).distinct().sorted().toArray();
    if (classes.length >= 2) return classes;
    throw new IllegalArgumentException(operation + ": all " + y.length + " series are of one class; give series of at least two");
  }

  /// @param x `[N][E]`. Read.
  /// @return `[K][N]`
  public double[][] scores(float[][] x) {
    double[][] scores = new double[weights.length][x.length];
    for (int k = 0; k < weights.length; k++) Arrays.fill(scores[k], biases[k]);
    Rows.addProduct(weights, Rows.transpose(scaling.apply(x)), scores);
    return scores;
  }

  @Override
  public int[] predict(float[][] x) {
    double[][] scores = scores(x);
    int[] predicted = new int[x.length];
    for (int n = 0; n < x.length; n++) predicted[n] = classes[largest(scores, n)];
    return predicted;
  }

  private static int largest(double[][] scores, int n) {
    if (scores.length == 1) return scores[0][n] > 0 ? 1 : 0;
    int largest = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k][n] > scores[largest][n]) largest = k;
    }
    return largest;
  }
}
