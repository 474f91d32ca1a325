package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.SoftmaxKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import jdk.incubator.vector.FloatVector;

/// Softmax and log-softmax. The exponentials of many rows are taken in one run over them all, so that short rows waste no lanes.
final class SimdSoftmax implements SoftmaxKernels {
  private static final int LANE_SUMS = 0;
  private static final int EXPONENTIALS = 1;

  private final Workers workers;
  private final Scratch scratch = new Scratch(2);

  SimdSoftmax(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void softmax(int rows, int columns, Storage x, Storage y) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    float[] to = ys.array();
    workers.runRanges(rows, Grain.rows(columns), (first, end) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      int y0 = ys.offset() + first * columns;
      subtractMaxima(end - first, columns, xs.array(), xs.offset() + first * columns, to, y0);
      Exponential.apply((end - first) * columns, 1, to, y0, to, y0);
      for (int row = 0; row < end - first; row++) {
        int begin = y0 + row * columns;
        ArrayLoops.scale(columns, 1 / RowLoops.sum(columns, to, begin, lanes), to, begin, to, begin);
      }
    });
  }

  /// y = x − max of its row
  private static void subtractMaxima(int rows, int columns, float[] x, int x0, float[] y, int y0) {
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      ArrayLoops.subtract(columns, RowLoops.max(columns, x, x0 + from), x, x0 + from, y, y0 + from);
    }
  }

  @Override
  public void softmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX) {
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage dYs = HeapStorage.of(dY);
    HeapStorage dXs = HeapStorage.of(dX);
    workers.runRanges(rows, Grain.rows(columns), (from, to) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      for (int row = from; row < to; row++) {
        int y0 = ys.offset() + row * columns;
        int dY0 = dYs.offset() + row * columns;
        float dot = RowLoops.dot(columns, dYs.array(), dY0, ys.array(), y0, lanes);
        softmaxGradient(columns, ys.array(), y0, dYs.array(), dY0, dot, dXs.array(), dXs.offset() + row * columns);
      }
    });
  }

  /// dX = y·(dY − dot)
  private static void softmaxGradient(int size, float[] y, int y0, float[] dY, int dY0, float dot, float[] dX, int dX0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, dY, dY0 + i).sub(dot);
      v.mul(FloatVector.fromArray(FLOATS, y, y0 + i)).intoArray(dX, dX0 + i);
    }
    for (; i < size; i++) dX[dX0 + i] = y[y0 + i] * (dY[dY0 + i] - dot);
  }

  @Override
  public void logSoftmax(int rows, int columns, Storage x, Storage y) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    float[] to = ys.array();
    workers.runRanges(rows, Grain.rows(columns), (first, end) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      int size = (end - first) * columns;
      float[] exponentials = scratch.floats(EXPONENTIALS, size);
      int y0 = ys.offset() + first * columns;
      subtractMaxima(end - first, columns, xs.array(), xs.offset() + first * columns, to, y0);
      Exponential.apply(size, 1, to, y0, exponentials, 0);
      for (int row = 0; row < end - first; row++) {
        float logSum = (float) Math.log(RowLoops.sum(columns, exponentials, row * columns, lanes));
        ArrayLoops.subtract(columns, logSum, to, y0 + row * columns, to, y0 + row * columns);
      }
    });
  }

  @Override
  public void logSoftmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX) {
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage dYs = HeapStorage.of(dY);
    HeapStorage dXs = HeapStorage.of(dX);
    workers.runRanges(rows, Grain.rows(columns), (from, to) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      int size = (to - from) * columns;
      float[] exponentials = scratch.floats(EXPONENTIALS, size);
      Exponential.apply(size, 1, ys.array(), ys.offset() + from * columns, exponentials, 0);
      for (int row = from; row < to; row++) {
        int dY0 = dYs.offset() + row * columns;
        float sum = RowLoops.sum(columns, dYs.array(), dY0, lanes);
        ArrayLoops.weightedSum(columns, -sum, exponentials, (row - from) * columns, 1, dYs.array(), dY0, dXs.array(),
            dXs.offset() + row * columns);
      }
    });
  }
}
