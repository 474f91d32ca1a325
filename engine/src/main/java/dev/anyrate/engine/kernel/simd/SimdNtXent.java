package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// NT-Xent of [SimdLoss]: [SimilarityMatrix] gives tiles, [NtXentSums] makes the loss of them and [NtXentGradient] the gradient.
///
/// Memory beyond the operands: the rows once more in panels, 36 bytes for each row, and a tile with its rows for each thread.
final class SimdNtXent {
  private static final int LANE_SUMS = 0;

  private final Scratch scratch = new Scratch("nt-xent", 1);
  private final SimilarityMatrix matrix;
  private final NtXentSums sums;
  private final NtXentGradient gradient;

  SimdNtXent(Workers workers) {
    matrix = new SimilarityMatrix(workers);
    sums = new NtXentSums(workers, matrix);
    gradient = new NtXentGradient(workers, matrix);
  }

  void forward(int pairs, int columns, float temperature, float epsilon, HeapStorage x, HeapStorage norm, HeapStorage logSum,
      HeapStorage loss) {
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    for (int row = 0; row < 2 * pairs; row++) {
      norm.array()[norm.offset() + row] = SimdSimilarity.length(columns, epsilon, x.array(), x.offset() + row * columns, lanes);
    }
    matrix.of(pairs, columns, temperature, x, norm);
    sums.compute(logSum, loss);
  }

  void backward(int pairs, int columns, float temperature, float epsilon, HeapStorage x, HeapStorage norm, HeapStorage logSum,
      HeapStorage dLoss, HeapStorage dX) {
    matrix.of(pairs, columns, temperature, x, norm);
    gradient.compute(epsilon, logSum, dLoss, dX);
  }
}
