package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Matrix products.
public interface MatmulKernels {
  /// C = op(A)·op(B) for each matrix of a batch, where op transposes on demand. With K = 0 the result is zero.
  ///
  /// @param batch      matrices in each operand, one behind the other
  /// @param transposeA whether A is stored as `[K, M]` instead of `[M, K]`
  /// @param transposeB whether B is stored as `[N, K]` instead of `[K, N]`
  /// @param m          rows of C
  /// @param n          columns of C
  /// @param k          depth
  /// @param a          Read.
  /// @param b          Read.
  /// @param c          Overwritten; `[batch, M, N]`.
  void matmul(int batch, boolean transposeA, boolean transposeB, int m, int n, int k, Storage a, Storage b, Storage c);
}
