package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.MatmulKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Matrix products by their definition: C[i, j] = Σ_l A[i, l]·B[l, j].
public final class ScalarMatmul implements MatmulKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarMatmul(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void matmul(int batch, boolean transposeA, boolean transposeB, int m, int n, int k, Storage a, Storage b, Storage c) {
    var as = Floats.of(a);
    var bs = Floats.of(b);
    var cs = Floats.of(c);
    // A transposed matrix is the same memory with the strides of its two axes exchanged.
    int aRow = transposeA ? 1 : k;
    int aColumn = transposeA ? m : 1;
    int bRow = transposeB ? 1 : n;
    int bColumn = transposeB ? k : 1;
    workers.runRanges(batch * m, Grain.of(2L * n * k), (from, to) -> {
      for (int row = from; row < to; row++) { // of all matrices C, one behind the other
        int matrix = row / m;
        int i = row % m;
        for (int j = 0; j < n; j++) {
          int aStart = matrix * m * k + i * aRow;
          int bStart = matrix * k * n + j * bColumn;
          double sum = 0;
          for (int l = 0; l < k; l++) sum += as.at(aStart + l * aColumn) * bs.at(bStart + l * bRow);
          cs.set(row * n + j, sum);
        }
      }
    });
  }
}
