package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// The linear map of rows and its gradients: a matrix product with the sums that belong to it, made while its numbers are in the cache.
public interface LinearKernels {
  /// y = x·weightᵀ + bias + residual, the bias the same for each row.
  ///
  /// @param x        Read; `[rows, in]`.
  /// @param weight   Read; `[out, in]`.
  /// @param bias     Read; `[out]`, null for none.
  /// @param residual Read; `[rows, out]`, null for none.
  /// @param y        Overwritten; `[rows, out]`.
  void linear(int rows, int in, int out, Storage x, Storage weight, Storage bias, Storage residual, Storage y);

  /// dWeight = dYᵀ·x and dBias = Σ dY over the rows. The gradient of x is a plain product, dY·weight.
  ///
  /// @param x       Read.
  /// @param dY      Read; `[rows, out]`.
  /// @param dWeight Overwritten; `[out, in]`.
  /// @param dBias   Overwritten; `[out]`, null if not wanted.
  void linearBackwardParameters(int rows, int in, int out, Storage x, Storage dY, Storage dWeight, Storage dBias);
}
