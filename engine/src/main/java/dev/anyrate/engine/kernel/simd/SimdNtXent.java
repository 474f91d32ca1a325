package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Workers;

/// NT-Xent of [SimdLoss]: [SimilarityMatrix] gives tiles, [NtXentSums] makes the loss of them and [NtXentGradient] the gradient.
///
/// Memory beyond the operands: the rows once more in panels, 36 bytes for each row, and a tile for each thread.
final class SimdNtXent {
  private final SimilarityMatrix matrix;
  private final NtXentSums sums;
  private final NtXentGradient gradient;

  SimdNtXent(Workers workers) {
    matrix = new SimilarityMatrix(workers);
    sums = new NtXentSums(workers, matrix);
    gradient = new NtXentGradient(workers, matrix);
  }

  void forward(int pairs, int columns, float temperature, HeapStorage z, HeapStorage logSum, HeapStorage loss) {
    matrix.of(pairs, columns, temperature, z);
    sums.compute(logSum, loss);
  }

  void backward(int pairs, int columns, float temperature, HeapStorage z, HeapStorage logSum, HeapStorage dLoss, HeapStorage dZ) {
    matrix.of(pairs, columns, temperature, z);
    gradient.compute(logSum, dLoss, dZ);
  }
}
