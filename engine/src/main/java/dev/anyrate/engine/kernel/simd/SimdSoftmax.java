package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.Exponential.LOWEST_POWER;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.SoftmaxKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Softmax and log-softmax. The exponentials of many rows are taken in one run over them all, so that short rows waste no lanes.
final class SimdSoftmax implements SoftmaxKernels {
  private static final int LANE_SUMS = 0;
  private static final int EXPONENTIALS = 1;

  private final Workers workers;
  private final Scratch scratch = new Scratch("softmax", 2);

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
      for (int row = 0; row < end - first; row++) {
        int x0 = xs.offset() + (first + row) * columns;
        exponents(columns, RowLoops.max(columns, xs.array(), x0), xs.array(), x0, to, y0 + row * columns);
      }
      Exponential.powersOfTwo((end - first) * columns, to, y0);
      for (int row = 0; row < end - first; row++) {
        int begin = y0 + row * columns;
        ArrayLoops.scale(columns, 1 / RowLoops.sum(columns, to, begin, lanes), to, begin, to, begin);
      }
    });
  }

  /// y = (x − number)·log₂ e, the exponents of 2 that make e^(x − number), where no x is above the number. Powers of two take half the time.
  private static void exponents(int size, float number, float[] x, int x0, float[] y, int y0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector exponent = FloatVector.fromArray(FLOATS, x, x0 + i).sub(number).mul(Exponential.LOG2_E);
      exponent.blend(LOWEST_POWER, exponent.compare(VectorOperators.LT, LOWEST_POWER)).intoArray(y, y0 + i);
    }
    for (; i < size; i++) y[y0 + i] = Math.max((x[x0 + i] - number) * Exponential.LOG2_E, LOWEST_POWER);
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
      exponents(size, 0, to, y0, exponentials, 0);
      Exponential.powersOfTwo(size, exponentials, 0);
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
      exponents(size, 0, ys.array(), ys.offset() + from * columns, exponentials, 0);
      Exponential.powersOfTwo(size, exponentials, 0);
      for (int row = from; row < to; row++) {
        int dY0 = dYs.offset() + row * columns;
        float sum = RowLoops.sum(columns, dYs.array(), dY0, lanes);
        ArrayLoops.weightedSum(columns, -sum, exponentials, (row - from) * columns, 1, dYs.array(), dY0, dXs.array(),
            dXs.offset() + row * columns);
      }
    });
  }
}
