package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.SimilarityKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Length and angle of rows. Both gradients are a weighted sum of two rows.
final class SimdSimilarity implements SimilarityKernels {
  /// In a sum of this size or more, terms that are too small for a float do not count.
  private static final float SMALLEST_EXACT = 0x1p-100f;

  private final Workers workers;
  private final Scratch scratch = new Scratch("similarity", 1);
  private final NormalizeCall normalize = new NormalizeCall();
  private final NormalizeBackwardCall normalizeBackward = new NormalizeBackwardCall();

  SimdSimilarity(Workers workers) {
    this.workers = workers;
  }

  private final class NormalizeCall implements Workers.Range {
    private int columns;
    private float epsilon;
    private HeapStorage x;
    private HeapStorage y;
    private HeapStorage norm;

    @Override
    public void run(int from, int to) {
      float[] lanes = scratch.floats(0, LANES);
      for (int row = from; row < to; row++) {
        int x0 = x.offset() + row * columns;
        float length = length(columns, epsilon, x.array(), x0, lanes);
        norm.array()[norm.offset() + row] = length;
        ArrayLoops.scale(columns, 1 / length, x.array(), x0, y.array(), y.offset() + row * columns);
      }
    }
  }

  @Override
  public void l2Normalize(int rows, int columns, float epsilon, Storage x, Storage y, Storage norm) {
    normalize.columns = columns;
    normalize.epsilon = epsilon;
    normalize.x = HeapStorage.of(x);
    normalize.y = HeapStorage.of(y);
    normalize.norm = HeapStorage.of(norm);
    workers.runRanges(rows, Grain.rows(columns), normalize);
  }

  private final class NormalizeBackwardCall implements Workers.Range {
    private int columns;
    private float epsilon;
    private HeapStorage y;
    private HeapStorage norm;
    private HeapStorage dY;
    private HeapStorage dX;

    @Override
    public void run(int from, int to) {
      float[] lanes = scratch.floats(0, LANES);
      for (int row = from; row < to; row++) {
        int y0 = y.offset() + row * columns;
        int dY0 = dY.offset() + row * columns;
        float length = norm.array()[norm.offset() + row];
        float rnorm = 1 / length;
        float along = length <= epsilon ? 0 : RowLoops.dot(columns, dY.array(), dY0, y.array(), y0, lanes);
        ArrayLoops.weightedSum(columns, rnorm, dY.array(), dY0, -along * rnorm, y.array(), y0, dX.array(),
            dX.offset() + row * columns);
      }
    }
  }

  @Override
  public void l2NormalizeBackward(int rows, int columns, float epsilon, Storage y, Storage norm, Storage dY, Storage dX) {
    normalizeBackward.columns = columns;
    normalizeBackward.epsilon = epsilon;
    normalizeBackward.y = HeapStorage.of(y);
    normalizeBackward.norm = HeapStorage.of(norm);
    normalizeBackward.dY = HeapStorage.of(dY);
    normalizeBackward.dX = HeapStorage.of(dX);
    workers.runRanges(rows, Grain.rows(columns), normalizeBackward);
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
        double aLength = length(columns, epsilon, as.array(), a0, lanes);
        double bLength = length(columns, epsilon, bs.array(), b0, lanes);
        ys.array()[ys.offset() + row] = (float) (dot(columns, as.array(), a0, bs.array(), b0, lanes) / (aLength * bLength));
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
        float alongA = aLength <= epsilon ? 0 : -gradient * ys.array()[ys.offset() + row] / aLength;
        ArrayLoops.weightedSum(columns, gradient / bLength, bs.array(), b0, alongA, as.array(), a0, dAs.array(),
            dAs.offset() + row * columns);
      }
    });
  }

  /// max(‖x‖, epsilon)
  static float length(int size, float epsilon, float[] x, int x0, float[] lanes) {
    return Math.max((float) Math.sqrt(dot(size, x, x0, x, x0, lanes)), epsilon);
  }

  /// Σ a·b, also of numbers around 1e20 and 1e-20, whose products no float holds.
  private static double dot(int size, float[] a, int a0, float[] b, int b0, float[] lanes) {
    float dot = RowLoops.dot(size, a, a0, b, b0, lanes);
    return Math.abs(dot) >= SMALLEST_EXACT && Float.isFinite(dot) ? dot : dotInDouble(size, a, a0, b, b0);
  }

  private static double dotInDouble(int size, float[] a, int a0, float[] b, int b0) {
    double dot = 0;
    for (int i = 0; i < size; i++) dot += (double) a[a0 + i] * b[b0 + i];
    return dot;
  }
}
