package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Batch, layer and group normalisation. Batch normalisation comes in the pieces that training and evaluation share.
///
/// `lengths` `[B]` holds the valid samples of each series, see [ValidLength]. What lies behind them is never read, and is 0 in every result of the same shape.
///
/// Squares are floats. Numbers further than some 1e19 from their mean have an infinite variance, and are normalised to 0; only the scalar backend, which computes in double, still tells
/// them apart in layer and group normalisation.
public interface NormKernels {
  /// Mean and biased variance of each channel over all valid samples of the batch, by two passes (the second around the mean). Of no sample at all both are 0.
  ///
  /// @param x        Read; `[B, L, C]`.
  /// @param lengths  Read; `[B]`.
  /// @param mean     Overwritten; `[C]`.
  /// @param variance Overwritten; `[C]`.
  void channelStatistics(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance);

  /// running = (1 − momentum)·running + momentum·statistic, with the unbiased variance n/(n − 1)·variance, n the sum of the lengths. Nothing changes where that is 0.
  ///
  /// @param lengths         Read; `[B]`.
  /// @param mean            Read; `[C]`.
  /// @param variance        Read; biased, `[C]`.
  /// @param runningMean     Updated; `[C]`.
  /// @param runningVariance Updated; `[C]`.
  void updateRunningStatistics(int batch, int channels, float momentum, Storage lengths, Storage mean, Storage variance,
      Storage runningMean, Storage runningVariance);

  /// y = activation((x − mean)/√(variance + epsilon)·gamma + beta + residual)
  ///
  /// @param x        Read; `[B, L, C]`. May be `y`.
  /// @param lengths  Read; `[B]`.
  /// @param mean     Read; `[C]`.
  /// @param variance Read; `[C]`.
  /// @param gamma    Read; `[C]`.
  /// @param beta     Read; `[C]`.
  /// @param residual Read; `[B, L, C]`, null for none.
  /// @param relu     whether the activation is max(·, 0), else there is none
  /// @param y        Overwritten.
  void normalize(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance, float epsilon,
      Storage gamma, Storage beta, Storage residual, boolean relu, Storage y);

  /// Gradients of the affine parameters of [#normalize]. With g = dY where y > 0 or there was no ReLU, else 0, and x̂ the normalised x:
  /// dGamma = Σ g·x̂, dBeta = Σ g, over all valid samples.
  ///
  /// @param x      Read.
  /// @param y      Read: result of the forward kernel, for the mask of the ReLU.
  /// @param dY     Read.
  /// @param dGamma Overwritten; `[C]`.
  /// @param dBeta  Overwritten; `[C]`.
  void normalizeBackwardParameters(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance,
      float epsilon, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta);

  /// Gradients of the operands of [#normalize], g and x̂ as above, n the count of valid samples:
  ///
  /// - batch statistics: dX = gamma/√(variance + epsilon)·(g − dBeta/n − x̂·dGamma/n), as mean and variance depend on x
  ///   (Ioffe and Szegedy 2015, <https://arxiv.org/abs/1502.03167>)
  /// - given statistics: dX = gamma/√(variance + epsilon)·g
  /// - dResidual = g
  ///
  /// @param batchStatistics whether mean and variance were computed from x
  /// @param dY              Read. May be `dResidual`, or `dX` where there is no dResidual.
  /// @param dGamma          Read: result of [#normalizeBackwardParameters].
  /// @param dBeta           Read: likewise.
  /// @param dX              Overwritten; null if not wanted.
  /// @param dResidual       Overwritten; null if not wanted.
  void normalizeBackwardInput(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance,
      float epsilon, Storage gamma, boolean batchStatistics, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta,
      Storage dX, Storage dResidual);

  /// y = (x − mean)·rstd·gamma + beta per row, with the row's mean and rstd = 1/√(biased variance + epsilon)
  /// (Ba, Kiros and Hinton 2016, <https://arxiv.org/abs/1607.06450>).
  ///
  /// @param x     Read; `[rows, C]`.
  /// @param gamma Read; `[C]`.
  /// @param beta  Read; `[C]`.
  /// @param mean  Overwritten; `[rows]`.
  /// @param rstd  Overwritten; `[rows]`.
  /// @param y     Overwritten; `[rows, C]`.
  void layerNorm(int rows, int channels, float epsilon, Storage x, Storage gamma, Storage beta, Storage mean, Storage rstd,
      Storage y);

  /// With x̂ = (x − mean)·rstd and h = dY·gamma: dX = rstd·(h − mean(h) − x̂·mean(h·x̂)), means over the row; dGamma = Σ dY·x̂ and
  /// dBeta = Σ dY over rows.
  ///
  /// @param mean   Read: result of the forward kernel.
  /// @param rstd   Read: likewise.
  /// @param dX     Overwritten; null if not wanted.
  /// @param dGamma Overwritten; `[C]`, null if not wanted.
  /// @param dBeta  Overwritten; `[C]`, null where dGamma is.
  void layerNormBackward(int rows, int channels, Storage x, Storage gamma, Storage mean, Storage rstd, Storage dY, Storage dX,
      Storage dGamma, Storage dBeta);

  /// As [#layerNorm], the mean and variance taken over the valid samples and the channels of a group
  /// (Wu and He 2018, <https://arxiv.org/abs/1803.08494>).
  ///
  /// @param x    Read; `[B, L, C]`.
  /// @param mean Overwritten; `[B, groups]`.
  /// @param rstd Overwritten; `[B, groups]`.
  /// @param y    Overwritten; `[B, L, C]`.
  void groupNorm(int batch, int length, int channels, int groups, float epsilon, Storage x, Storage lengths, Storage gamma,
      Storage beta,
      Storage mean, Storage rstd, Storage y);

  /// As [#layerNormBackward], dX with means over the valid samples and the channels of a group.
  ///
  /// @param dX Overwritten.
  void groupNormBackwardInput(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage gamma,
      Storage mean,
      Storage rstd, Storage dY, Storage dX);

  /// dGamma = Σ dY·x̂, dBeta = Σ dY over batch and valid samples.
  ///
  /// @param dGamma Overwritten; `[C]`.
  /// @param dBeta  Overwritten; `[C]`.
  void groupNormBackwardParameters(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage mean,
      Storage rstd, Storage dY, Storage dGamma, Storage dBeta);
}
