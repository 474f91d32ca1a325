package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.SimilarityKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Length and angle of rows. Both gradients are a weighted sum of two rows.
final class SimdSimilarity implements SimilarityKernels {
  private final Workers workers;
  private final Scratch scratch = new Scratch(1);

  SimdSimilarity(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void l2Normalize(int rows, int columns, float epsilon, Storage x, Storage y, Storage norm) {
    HeapStorage xs = HeapStorage.of(x);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage norms = HeapStorage.of(norm);
    workers.runRanges(rows, Grain.rows(columns), (from, to) -> {
      float[] lanes = scratch.floats(0, LANES);
      for (int row = from; row < to; row++) {
        int x0 = xs.offset() + row * columns;
        float length = length(columns, epsilon, xs.array(), x0, lanes);
        norms.array()[norms.offset() + row] = length;
        ArrayLoops.scale(columns, 1 / length, xs.array(), x0, ys.array(), ys.offset() + row * columns);
      }
    });
  }

  @Override
  public void l2NormalizeBackward(int rows, int columns, Storage y, Storage norm, Storage dY, Storage dX) {
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage norms = HeapStorage.of(norm);
    HeapStorage dYs = HeapStorage.of(dY);
    HeapStorage dXs = HeapStorage.of(dX);
    workers.runRanges(rows, Grain.rows(columns), (from, to) -> {
      float[] lanes = scratch.floats(0, LANES);
      for (int row = from; row < to; row++) {
        int y0 = ys.offset() + row * columns;
        int dY0 = dYs.offset() + row * columns;
        float rnorm = 1 / norms.array()[norms.offset() + row];
        float along = RowLoops.dot(columns, dYs.array(), dY0, ys.array(), y0, lanes);
        ArrayLoops.weightedSum(columns, rnorm, dYs.array(), dY0, -along * rnorm, ys.array(), y0, dXs.array(),
            dXs.offset() + row * columns);
      }
    });
  }

  @Override
  public void cosineSimilarity(int rows, int columns, float epsilon, Storage a, Storage b, Storage y) {
    HeapStorage as = HeapStorage.of(a);
    HeapStorage bs = HeapStorage.of(b);
    HeapStorage ys = HeapStorage.of(y);
    workers.runRanges(rows, Grain.rows(columns), (from, to) -> {
      float[] lanes = scratch.floats(0, LANES);
      for (int row = from; row < to; row++) {
        int a0 = as.offset() + row * columns;
        int b0 = bs.offset() + row * columns;
        float lengths = length(columns, epsilon, as.array(), a0, lanes) * length(columns, epsilon, bs.array(), b0, lanes);
        ys.array()[ys.offset() + row] = RowLoops.dot(columns, as.array(), a0, bs.array(), b0, lanes) / lengths;
      }
    });
  }

  @Override
  public void cosineSimilarityBackward(int rows, int columns, float epsilon, Storage a, Storage b, Storage y, Storage dY,
      Storage dA) {
    HeapStorage as = HeapStorage.of(a);
    HeapStorage bs = HeapStorage.of(b);
    HeapStorage ys = HeapStorage.of(y);
    HeapStorage dYs = HeapStorage.of(dY);
    HeapStorage dAs = HeapStorage.of(dA);
    workers.runRanges(rows, Grain.rows(columns), (from, to) -> {
      float[] lanes = scratch.floats(0, LANES);
      for (int row = from; row < to; row++) {
        int a0 = as.offset() + row * columns;
        int b0 = bs.offset() + row * columns;
        float aLength = length(columns, epsilon, as.array(), a0, lanes);
        float bLength = length(columns, epsilon, bs.array(), b0, lanes);
        float gradient = dYs.array()[dYs.offset() + row] / aLength;
        float alongA = -gradient * ys.array()[ys.offset() + row] / aLength;
        ArrayLoops.weightedSum(columns, gradient / bLength, bs.array(), b0, alongA, as.array(), a0, dAs.array(),
            dAs.offset() + row * columns);
      }
    });
  }

  /// max(‖x‖, epsilon)
  private static float length(int size, float epsilon, float[] x, int x0, float[] lanes) {
    return Math.max((float) Math.sqrt(RowLoops.dot(size, x, x0, x, x0, lanes)), epsilon);
  }
}
