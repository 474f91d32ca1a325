package dev.anyrate.model.evaluate.ridge;

import dev.anyrate.model.algebra.Rows;
import dev.anyrate.model.evaluate.Classifier;
import dev.anyrate.model.evaluate.FeatureScaling;
import dev.anyrate.model.evaluate.LinearClassifier;
import dev.anyrate.model.evaluate.EmbeddingChecks;
import java.util.Arrays;

/// Ridge regression on ±1 targets, one for each class (one for two classes), as a classifier: the class with the largest answer.
///
/// Features are standardised. The penalty α is the one of ten from 10⁻³ to 10³ with the least squared error when each row is predicted without it. For ridge
/// regression that error needs no refitting: it is `α·(G·y)ᵢ / (α·Gᵢᵢ − 1/N)` with `G = (X·Xᵀ + α·I)⁻¹`, and the `1/N` for the intercept. Targets and choice are
/// those of scikit-learn's `RidgeClassifierCV`; its own grid is another, this one is that of MiniRocket's authors.
///
/// Works on the N × N products of rows, so it costs N³ however many features there are.
///
/// @see <a href="https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.RidgeClassifierCV.html">scikit-learn's description</a>
public final class RidgeClassifier implements Classifier {
  private static final int PENALTIES = 10;
  private static final int FEATURES_AT_A_TIME = 512;

  private final LinearClassifier fitted;
  private final double penalty;

  private RidgeClassifier(LinearClassifier fitted, double penalty) {
    this.fitted = fitted;
    this.penalty = penalty;
  }

  /// @param x `[N][E]`. Read.
  /// @param y `[N]`, any numbers as classes. Read.
  /// @throws IllegalArgumentException if counts differ, a value is not finite, or there are fewer than two classes
  public static RidgeClassifier fit(float[][] x, int[] y) {
    EmbeddingChecks.requireSameCount("ridge classifier", x, y);
    int[] classes = LinearClassifier.classesOf("ridge classifier", y);
    FeatureScaling scaling = FeatureScaling.of(x);
    double[][] targets = targets(y, classes); // [K][N]
    double[] means = new double[targets.length];
    for (int k = 0; k < targets.length; k++) means[k] = centre(targets[k]);
    Tridiagonal products = Tridiagonal.of(products(x, scaling));

    double least = Double.POSITIVE_INFINITY;
    double chosen = 0;
    for (int i = 0; i < PENALTIES; i++) {
      double alpha = Math.pow(10, -3 + 6.0 * i / (PENALTIES - 1));
      double error = leaveOneOutError(products.shifted(alpha), alpha, targets);
      if (error < least) {
        least = error;
        chosen = alpha;
      }
    }
    Tridiagonal.Shifted inverse = products.shifted(chosen);
    double[][] duals = Arrays.stream(targets).map(inverse::solve).toArray(double[][]::new); // [K][N]
    return new RidgeClassifier(new LinearClassifier(scaling, weights(x, scaling, duals), means, classes), chosen);
  }

  /// `[K][N]`: 1 for the rows of a class, −1 for the others; of two classes only the second has a target.
  private static double[][] targets(int[] y, int[] classes) {
    int first = classes.length == 2 ? 1 : 0;
    double[][] targets = new double[classes.length - first][y.length];
    for (int k = 0; k < targets.length; k++) {
      for (int n = 0; n < y.length; n++) targets[k][n] = y[n] == classes[k + first] ? 1 : -1;
    }
    return targets;
  }

  private static double centre(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    for (int n = 0; n < values.length; n++) values[n] -= mean;
    return mean;
  }

  /// `[N][N]`: the products of the scaled rows. The lower half is computed, block of features by block, and mirrored.
  private static double[][] products(float[][] x, FeatureScaling scaling) {
    double[][] products = new double[x.length][x.length];
    for (int from = 0; from < x[0].length; from += FEATURES_AT_A_TIME) {
      double[][] block = scaling.apply(x, from, Math.min(x[0].length, from + FEATURES_AT_A_TIME)); // [N][…]
      Rows.addProductOfSymmetric(block, products);
    }
    for (int i = 0; i < products.length; i++) {
      for (int j = 0; j < i; j++) products[j][i] = products[i][j];
    }
    return products;
  }

  private static double leaveOneOutError(Tridiagonal.Shifted inverse, double alpha, double[][] targets) {
    double[] diagonal = inverse.inverseDiagonal();
    double error = 0;
    for (double[] target : targets) {
      double[] dual = inverse.solve(target);
      for (int n = 0; n < dual.length; n++) {
        double left = alpha * dual[n] / (alpha * diagonal[n] - 1.0 / dual.length);
        error += left * left;
      }
    }
    return error;
  }

  private static double[][] weights(float[][] x, FeatureScaling scaling, double[][] duals) {
    double[][] weights = new double[duals.length][x[0].length];
    for (int from = 0; from < x[0].length; from += FEATURES_AT_A_TIME) {
      int to = Math.min(x[0].length, from + FEATURES_AT_A_TIME);
      double[][] part = new double[duals.length][to - from];
      Rows.addProduct(duals, scaling.apply(x, from, to), part);
      for (int k = 0; k < duals.length; k++) System.arraycopy(part[k], 0, weights[k], from, to - from);
    }
    return weights;
  }

  @Override
  public int[] predict(float[][] x) {
    return fitted.predict(x);
  }

  /// The penalty that was chosen, α.
  public double penalty() {
    return penalty;
  }
}
