package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.SoftmaxKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Softmax over rows. Subtracting the row's maximum changes nothing, as e^−max cancels out, but makes every exponent at most 0.
public final class ScalarSoftmax implements SoftmaxKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarSoftmax(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void softmax(int rows, int columns, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    workers.runRanges(rows, Grain.of(40L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double max = maximum(xs, start, columns);
        double sum = sumOfExponentials(xs, start, columns, max);
        for (int j = 0; j < columns; j++) ys.set(start + j, Math.exp(xs.at(start + j) - max) / sum);
      }
    });
  }

  @Override
  public void softmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX) {
    var ys = Floats.of(y);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(rows, Grain.of(4L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double sum = 0; // Σ dY·y
        for (int j = 0; j < columns; j++) sum += dYs.at(start + j) * ys.at(start + j);
        for (int j = 0; j < columns; j++) dXs.set(start + j, ys.at(start + j) * (dYs.at(start + j) - sum));
      }
    });
  }

  @Override
  public void logSoftmax(int rows, int columns, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    workers.runRanges(rows, Grain.of(20L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double max = maximum(xs, start, columns);
        double logSum = Math.log(sumOfExponentials(xs, start, columns, max));
        for (int j = 0; j < columns; j++) ys.set(start + j, xs.at(start + j) - max - logSum);
      }
    });
  }

  @Override
  public void logSoftmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX) {
    var ys = Floats.of(y);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(rows, Grain.of(20L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double sum = 0; // Σ dY
        for (int j = 0; j < columns; j++) sum += dYs.at(start + j);
        for (int j = 0; j < columns; j++) dXs.set(start + j, dYs.at(start + j) - Math.exp(ys.at(start + j)) * sum);
      }
    });
  }

  static double maximum(Floats xs, int start, int columns) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) max = Math.max(max, xs.at(start + j));
    return max;
  }

  /// Σ e^(x − max) over a row
  static double sumOfExponentials(Floats xs, int start, int columns, double max) {
    double sum = 0;
    for (int j = 0; j < columns; j++) sum += Math.exp(xs.at(start + j) - max);
    return sum;
  }
}
