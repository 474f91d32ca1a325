package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Length and angle of rows. A row's norm counts as at least `epsilon`, so a zero row gives zeros and no NaN. A norm below epsilon counts as a constant, so no gradient goes through it, as in
/// PyTorch's `normalize`.
public interface SimilarityKernels {
  /// y = x / max(‖x‖, epsilon) per row.
  ///
  /// @param x    Read; `[rows, columns]`.
  /// @param y    Overwritten; `[rows, columns]`.
  /// @param norm Overwritten; `[rows]`, max(‖x‖, epsilon).
  void l2Normalize(int rows, int columns, float epsilon, Storage x, Storage y, Storage norm);

  /// dX = (dY − y·Σ dY·y) / norm per row, and dY / norm where the norm is epsilon.
  ///
  /// @param y    Read: result of the forward kernel.
  /// @param norm Read: likewise.
  /// @param dY   Read. May be `dX`.
  /// @param dX   Overwritten.
  void l2NormalizeBackward(int rows, int columns, float epsilon, Storage y, Storage norm, Storage dY, Storage dX);

  /// y = a·b / (max(‖a‖, epsilon)·max(‖b‖, epsilon)) per row.
  ///
  /// @param a Read; `[rows, columns]`.
  /// @param b Read; `[rows, columns]`.
  /// @param y Overwritten; `[rows]`.
  void cosineSimilarity(int rows, int columns, float epsilon, Storage a, Storage b, Storage y);

  /// dA = dY·(b/(‖a‖‖b‖) − y·a/‖a‖²) per row, without the second term where ‖a‖ is at most epsilon. The gradient of b is the same with the roles exchanged.
  ///
  /// @param y  Read: result of the forward kernel.
  /// @param dY Read; `[rows]`.
  /// @param dA Overwritten; `[rows, columns]`.
  void cosineSimilarityBackward(int rows, int columns, float epsilon, Storage a, Storage b, Storage y, Storage dY, Storage dA);
}
