package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.SimilarityKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Length and angle of rows.
public final class ScalarSimilarity implements SimilarityKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarSimilarity(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void l2Normalize(int rows, int columns, float epsilon, Storage x, Storage y, Storage norm) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    var norms = Floats.of(norm);
    workers.runRanges(rows, Grain.of(3L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double length = norm(xs, start, columns, epsilon);
        for (int j = 0; j < columns; j++) ys.set(start + j, xs.at(start + j) / length);
        norms.set(row, length);
      }
    });
  }

  @Override
  public void l2NormalizeBackward(int rows, int columns, float epsilon, Storage y, Storage norm, Storage dY, Storage dX) {
    var ys = Floats.of(y);
    var norms = Floats.of(norm);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(rows, Grain.of(5L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        // The part of dY along y changes only the length, which is lost, but for a length below epsilon: that was not divided by.
        double along = norms.at(row) <= epsilon ? 0 : dot(dYs, start, ys, start, columns);
        for (int j = 0; j < columns; j++) dXs.set(start + j, (dYs.at(start + j) - ys.at(start + j) * along) / norms.at(row));
      }
    });
  }

  @Override
  public void cosineSimilarity(int rows, int columns, float epsilon, Storage a, Storage b, Storage y) {
    var as = Floats.of(a);
    var bs = Floats.of(b);
    var ys = Floats.of(y);
    workers.runRanges(rows, Grain.of(6L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double lengths = norm(as, start, columns, epsilon) * norm(bs, start, columns, epsilon);
        ys.set(row, dot(as, start, bs, start, columns) / lengths);
      }
    });
  }

  @Override
  public void cosineSimilarityBackward(int rows, int columns, float epsilon, Storage a, Storage b, Storage y, Storage dY,
      Storage dA) {
    var as = Floats.of(a);
    var bs = Floats.of(b);
    var ys = Floats.of(y);
    var dYs = Floats.of(dY);
    var dAs = Floats.of(dA);
    workers.runRanges(rows, Grain.of(10L * columns), (from, to) -> {
      for (int row = from; row < to; row++) {
        int start = row * columns;
        double aLength = norm(as, start, columns, epsilon);
        double bLength = norm(bs, start, columns, epsilon);
        for (int j = 0; j < columns; j++) {
          double towardsB = bs.at(start + j) / (aLength * bLength);
          double alongA = aLength <= epsilon ? 0 : ys.at(row) * as.at(start + j) / (aLength * aLength);
          dAs.set(start + j, dYs.at(row) * (towardsB - alongA));
        }
      }
    });
  }

  /// max(‖x‖, epsilon) of a row
  static double norm(Floats xs, int start, int columns, float epsilon) {
    return Math.max(Math.sqrt(dot(xs, start, xs, start, columns)), epsilon);
  }

  /// Σ a·b of two rows
  static double dot(Floats as, int aStart, Floats bs, int bStart, int columns) {
    double sum = 0;
    for (int j = 0; j < columns; j++) sum += as.at(aStart + j) * bs.at(bStart + j);
    return sum;
  }
}
