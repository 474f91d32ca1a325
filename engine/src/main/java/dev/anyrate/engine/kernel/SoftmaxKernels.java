package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Softmax over the innermost axis, the row's maximum subtracted first so that no exponential overflows.
public interface SoftmaxKernels {
  /// y = e^(x − max) / Σ e^(x − max) per row.
  ///
  /// @param x Read; `[rows, columns]`. May be `y`.
  /// @param y Overwritten.
  void softmax(int rows, int columns, Storage x, Storage y);

  /// dX = y·(dY − Σ dY·y) per row.
  ///
  /// @param y  Read: result of the forward kernel.
  /// @param dY Read. May be `dX`.
  /// @param dX Overwritten.
  void softmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX);

  /// y = x − max − ln Σ e^(x − max) per row.
  ///
  /// @param x Read; `[rows, columns]`. May be `y`.
  /// @param y Overwritten.
  void logSoftmax(int rows, int columns, Storage x, Storage y);

  /// dX = dY − e^y·Σ dY per row.
  ///
  /// @param y  Read: result of the forward kernel.
  /// @param dY Read. May be `dX`.
  /// @param dX Overwritten.
  void logSoftmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX);
}
