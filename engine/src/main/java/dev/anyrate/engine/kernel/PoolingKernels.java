package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// From a series to one row: statistics over its valid samples. x is `[B, L, C]`, `lengths` `[B]`, each length at least 1, see [ValidLength]; on a device the mean of none is NaN.
/// Gradients are 0 behind the valid samples. A maximum over NaN is NaN, as in PyTorch, and stands at the first one.
public interface PoolingKernels {
  /// `y[b, c]` = mean of `x[b, t, c]` over `t < lengths[b]`.
  ///
  /// @param x Read.
  /// @param y Overwritten; `[B, C]`.
  void meanOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y);

  /// `dX[b, t, c] = dY[b, c]/lengths[b]` for `t < lengths[b]`, else 0.
  ///
  /// @param dX Overwritten; `[B, L, C]`.
  void meanOverTimeBackward(int batch, int length, int channels, Storage lengths, Storage dY, Storage dX);

  /// `y[b, c]` = maximum of `x[b, t, c]` over `t < lengths[b]`.
  ///
  /// @param x        Read.
  /// @param y        Overwritten; `[B, C]`.
  /// @param position Overwritten; `[B, C]`, the first t that has the maximum.
  void maxOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y, Storage position);

  /// `dX[b, position[b, c], c] = dY[b, c]`, everything else 0.
  ///
  /// @param dX Overwritten; `[B, L, C]`.
  void maxOverTimeBackward(int batch, int length, int channels, Storage position, Storage dY, Storage dX);

  /// Four statistics of each channel over `t < lengths[b]`: mean, maximum, deviation √(biased variance + epsilon), share of positive values.
  /// The last one is MiniRocket's pooling (Dempster et al. 2021, <https://arxiv.org/abs/2012.08791>).
  ///
  /// @param x        Read.
  /// @param y        Overwritten; `[B, 4, C]`, in the order above.
  /// @param position Overwritten; `[B, C]`, the first t that has the maximum.
  void statisticsOverTime(int batch, int length, int channels, float epsilon, Storage x, Storage lengths, Storage y,
      Storage position);

  /// `dX = dMean/n + [t = position]·dMaximum + dDeviation·(x − mean)/(n·deviation)`; the share of positive values is flat.
  ///
  /// @param y  Read: result of the forward kernel.
  /// @param dY Read; `[B, 4, C]`.
  /// @param dX Overwritten; `[B, L, C]`.
  void statisticsOverTimeBackward(int batch, int length, int channels, Storage x, Storage lengths, Storage y, Storage position,
      Storage dY, Storage dX);
}
