package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.Rows;
import java.util.Arrays;

/// The regularised loss of multinomial logistic regression, and its gradient.
///
/// `F = 1/N · Σ −log p(yₙ | xₙ) + 1/(2·C·N) · ‖W‖²`, with `p` the softmax of `W·x + b`; the bias `b` is not regularised. This is
/// scikit-learn's objective (`C · Σ loss + ½‖W‖²`) divided by `C·N`, as its own solver divides it.
///
/// With two classes the logit of the first is fixed at 0 and only that of the second is learned, again as scikit-learn does it:
/// with two free logits the same C would regularise half as much.
///
/// Variables are one array: the weights `[K][E]` row by row, then the biases `[K]`, with `K` the free logits.
final class LogisticObjective implements Lbfgs.Objective {
  private final double[][] x; // [N][E]
  private final double[][] columns; // [E][N], the same numbers
  private final int[] y; // [N], class minus fixed: −1 stands for the class whose logit is fixed
  private final int outputs; // K
  private final double decay; // 1 / (C·N)

  /// @param x       `[N][E]`. Kept.
  /// @param y       `[N]`, each class from 0 to `classes - 1` at least once. Read.
  /// @param classes at least 2
  /// @param c       inverse strength of the regularisation
  LogisticObjective(double[][] x, int[] y, int classes, double c) {
    int fixed = classes == 2 ? 1 : 0;
    this.x = x;
    this.columns = Rows.transpose(x);
    this.y = Arrays.stream(y).map(label -> label - fixed).toArray();
    this.outputs = classes - fixed;
    this.decay = 1 / (c * x.length);
  }

  /// Count of variables.
  int size() {
    return outputs * (columns.length + 1);
  }

  /// Count of free logits, K.
  int outputs() {
    return outputs;
  }

  @Override
  public double evaluate(double[] variables, double[] gradient) {
    double[][] weights = weights(variables); // [K][E]
    double[][] residuals = new double[outputs][x.length]; // first the logits, then ∂Σloss/∂logit
    for (int k = 0; k < outputs; k++) Arrays.fill(residuals[k], bias(variables, k));
    Rows.addProduct(weights, columns, residuals);
    double loss = toResiduals(residuals);

    double[][] dWeights = new double[outputs][columns.length];
    Rows.addProduct(residuals, x, dWeights);
    double squares = 0;
    for (int k = 0; k < outputs; k++) {
      for (int e = 0; e < columns.length; e++) {
        gradient[k * columns.length + e] = dWeights[k][e] / x.length + decay * weights[k][e];
        squares += weights[k][e] * weights[k][e];
      }
      gradient[outputs * columns.length + k] = Arrays.stream(residuals[k]).sum() / x.length;
    }
    return loss / x.length + decay / 2 * squares;
  }

  double[][] weights(double[] variables) {
    double[][] weights = new double[outputs][];
    Arrays.setAll(weights, k -> Arrays.copyOfRange(variables, k * columns.length, (k + 1) * columns.length));
    return weights;
  }

  double bias(double[] variables, int output) {
    return variables[outputs * columns.length + output];
  }

  /// Turns logits into probabilities less the truth.
  ///
  /// @param logits `[K][N]`. Overwritten.
  /// @return `Σ −log p(yₙ | xₙ)`
  private double toResiduals(double[][] logits) {
    boolean fixed = outputs == 1;
    double loss = 0;
    for (int n = 0; n < y.length; n++) {
      double max = fixed ? 0 : Double.NEGATIVE_INFINITY;
      for (double[] logit : logits) max = Math.max(max, logit[n]);
      double sum = fixed ? Math.exp(-max) : 0;
      double own = y[n] < 0 ? 0 : logits[y[n]][n];
      for (double[] logit : logits) {
        logit[n] = Math.exp(logit[n] - max);
        sum += logit[n];
      }
      for (double[] logit : logits) logit[n] /= sum;
      if (y[n] >= 0) logits[y[n]][n] -= 1;
      loss += Math.log(sum) + max - own;
    }
    return loss;
  }
}
