package dev.anyrate.engine.kernel.scalar;

import static dev.anyrate.engine.kernel.scalar.ScalarSimilarity.dot;

import dev.anyrate.engine.kernel.LossKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// Losses. Their mean is taken in double over the terms in order, before anything is rounded.
public final class ScalarLoss implements LossKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarLoss(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void meanSquaredError(int size, Storage a, Storage b, Storage loss) {
    var as = Floats.of(a);
    var bs = Floats.of(b);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double difference = as.at(i) - bs.at(i);
      sum += difference * difference;
    }
    Floats.of(loss).set(0, sum / size);
  }

  @Override
  public void meanSquaredErrorBackward(int size, Storage a, Storage b, Storage dLoss, Storage dA) {
    var as = Floats.of(a);
    var bs = Floats.of(b);
    var dAs = Floats.of(dA);
    double gradient = Floats.of(dLoss).at(0);
    for (int i = 0; i < size; i++) dAs.set(i, 2 * (as.at(i) - bs.at(i)) / size * gradient);
  }

  @Override
  public void crossEntropy(int rows, int classes, Storage logits, Storage labels, Storage loss) {
    var xs = Floats.of(logits);
    var classOf = Floats.of(labels);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int start = row * classes;
      double max = ScalarSoftmax.maximum(xs, start, classes);
      double logSum = Math.log(ScalarSoftmax.sumOfExponentials(xs, start, classes, max));
      sum -= xs.at(start + label(classOf, row, classes)) - max - logSum;
    }
    Floats.of(loss).set(0, sum / rows);
  }

  private static int label(Floats labels, int row, int classes) {
    int label = labels.whole(row);
    if (label == labels.at(row) && label >= 0 && label < classes) return label;
    throw new IllegalArgumentException("cross-entropy: label " + (float) labels.at(row) + " in row " + row + " is none of the "
        + classes + " classes that logits have; give whole numbers from 0 to " + (classes - 1));
  }

  @Override
  public void crossEntropyBackward(int rows, int classes, Storage logits, Storage labels, Storage dLoss, Storage dLogits) {
    var xs = Floats.of(logits);
    var classOf = Floats.of(labels);
    var dXs = Floats.of(dLogits);
    double gradient = Floats.of(dLoss).at(0);
    for (int row = 0; row < rows; row++) {
      int start = row * classes;
      double max = ScalarSoftmax.maximum(xs, start, classes);
      double sum = ScalarSoftmax.sumOfExponentials(xs, start, classes, max);
      for (int j = 0; j < classes; j++) {
        double probability = Math.exp(xs.at(start + j) - max) / sum;
        double target = j == classOf.whole(row) ? 1 : 0;
        dXs.set(start + j, (probability - target) / rows * gradient);
      }
    }
  }

  @Override
  public void ntXent(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage loss) {
    var xs = Floats.of(x);
    var norms = Floats.of(norm);
    var logSums = Floats.of(logSum);
    int rows = 2 * pairs;
    for (int i = 0; i < rows; i++) norms.set(i, ScalarSimilarity.norm(xs, i * columns, columns, epsilon));
    double[] term = new double[rows]; // of the loss: small differences of large numbers, so not rounded
    workers.runRanges(rows, Grain.of(2L * rows * columns), (from, to) -> {
      for (int i = from; i < to; i++) {
        double max = Double.NEGATIVE_INFINITY; // of s_ij, over the j so far
        double sum = 0; // of e^(s_ij − max), likewise; so the row of the matrix need not be kept
        for (int j = 0; j < rows; j++) {
          if (j == i) continue;
          double s = cosine(xs, norms, i, j, columns) / temperature;
          if (s > max) {
            sum = sum * Math.exp(max - s) + 1;
            max = s;
          } else {
            sum += Math.exp(s - max);
          }
        }
        int partner = (i + pairs) % rows;
        double logSumOfRow = max + Math.log(sum);
        term[i] = logSumOfRow - cosine(xs, norms, i, partner, columns) / temperature;
        logSums.set(i, logSumOfRow);
      }
    });
    Floats.of(loss).set(0, Arrays.stream(term).sum() / rows);
  }

  /// z_i·z_j with z = x/norm
  private static double cosine(Floats xs, Floats norms, int i, int j, int columns) {
    return dot(xs, i * columns, xs, j * columns, columns) / (norms.at(i) * norms.at(j));
  }

  @Override
  public void ntXentBackward(int pairs, int columns, float temperature, float epsilon, Storage x, Storage norm, Storage logSum,
      Storage dLoss, Storage dX) {
    var xs = Floats.of(x);
    var norms = Floats.of(norm);
    var logSums = Floats.of(logSum);
    var dXs = Floats.of(dX);
    int rows = 2 * pairs;
    double factor = Floats.of(dLoss).at(0) / (rows * (double) temperature);
    workers.runRanges(rows, Grain.of(4L * rows * columns), (from, to) -> {
      double[] dZ = new double[columns]; // of row i, without the factor
      for (int i = from; i < to; i++) {
        Arrays.fill(dZ, 0);
        int partner = (i + pairs) % rows;
        for (int j = 0; j < rows; j++) {
          if (j == i) continue;
          double s = cosine(xs, norms, i, j, columns) / temperature;
          double weight = Math.exp(s - logSums.at(i)) + Math.exp(s - logSums.at(j)) - (j == partner ? 2 : 0);
          for (int d = 0; d < columns; d++) dZ[d] += weight * xs.at(j * columns + d) / norms.at(j);
        }
        double along = 0; // Σ dZ·z: the part of dZ along z changes only the length, which is lost if it was divided by
        for (int d = 0; d < columns && !(norms.at(i) <= epsilon); d++) along += dZ[d] * xs.at(i * columns + d) / norms.at(i);
        for (int d = 0; d < columns; d++) {
          double z = xs.at(i * columns + d) / norms.at(i);
          dXs.set(i * columns + d, factor * (dZ[d] - z * along) / norms.at(i));
        }
      }
    });
  }
}
