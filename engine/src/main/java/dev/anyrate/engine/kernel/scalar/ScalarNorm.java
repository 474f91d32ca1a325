package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Normalisation. The three kinds differ in which numbers share a mean and a variance; each has a file of its own:
/// [ScalarLayerNorm] (the simplest, read it first), [ScalarBatchNorm] and [ScalarGroupNorm].
public final class ScalarNorm implements NormKernels {
  private final ScalarBatchNorm batchNorm;
  private final ScalarLayerNorm layerNorm;
  private final ScalarGroupNorm groupNorm;

  /// @param workers threads to run on
  public ScalarNorm(Workers workers) {
    batchNorm = new ScalarBatchNorm(workers);
    layerNorm = new ScalarLayerNorm(workers);
    groupNorm = new ScalarGroupNorm(workers);
  }

  @Override
  public void channelStatistics(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance) {
    batchNorm.channelStatistics(batch, length, channels, x, lengths, mean, variance);
  }

  @Override
  public void updateRunningStatistics(int batch, int channels, float momentum, Storage lengths, Storage mean, Storage variance,
      Storage runningMean, Storage runningVariance) {
    batchNorm.updateRunningStatistics(batch, channels, momentum, lengths, mean, variance, runningMean, runningVariance);
  }

  @Override
  public void normalize(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance,
      float epsilon, Storage gamma, Storage beta, Storage residual, boolean relu, Storage y) {
    batchNorm.normalize(batch, length, channels, x, lengths, mean, variance, epsilon, gamma, beta, residual, relu, y);
  }

  @Override
  public void normalizeBackwardParameters(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta) {
    batchNorm.normalizeBackwardParameters(batch, length, channels, x, lengths, mean, variance, epsilon, relu, y, dY, dGamma,
        dBeta);
  }

  @Override
  public void normalizeBackwardInput(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, Storage gamma, boolean batchStatistics, boolean relu, Storage y, Storage dY,
      Storage dGamma, Storage dBeta, Storage dX, Storage dResidual) {
    batchNorm.normalizeBackwardInput(batch, length, channels, x, lengths, mean, variance, epsilon, gamma, batchStatistics, relu,
        y, dY, dGamma, dBeta, dX, dResidual);
  }

  @Override
  public void layerNorm(int rows, int channels, float epsilon, Storage x, Storage gamma, Storage beta, Storage mean, Storage rstd,
      Storage y) {
    layerNorm.layerNorm(rows, channels, epsilon, x, gamma, beta, mean, rstd, y);
  }

  @Override
  public void layerNormBackward(int rows, int channels, Storage x, Storage gamma, Storage mean, Storage rstd, Storage dY,
      Storage dX, Storage dGamma, Storage dBeta) {
    if (dX != null) layerNorm.backwardInput(rows, channels, x, gamma, mean, rstd, dY, dX);
    if (dGamma != null) layerNorm.backwardParameters(rows, channels, x, mean, rstd, dY, dGamma, dBeta);
  }

  @Override
  public void groupNorm(int batch, int length, int channels, int groups, float epsilon, Storage x, Storage lengths, Storage gamma,
      Storage beta, Storage mean, Storage rstd, Storage y) {
    groupNorm.groupNorm(batch, length, channels, groups, epsilon, x, lengths, gamma, beta, mean, rstd, y);
  }

  @Override
  public void groupNormBackwardInput(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage gamma,
      Storage mean, Storage rstd, Storage dY, Storage dX) {
    groupNorm.groupNormBackwardInput(batch, length, channels, groups, x, lengths, gamma, mean, rstd, dY, dX);
  }

  @Override
  public void groupNormBackwardParameters(int batch, int length, int channels, int groups, Storage x, Storage lengths,
      Storage mean, Storage rstd, Storage dY, Storage dGamma, Storage dBeta) {
    groupNorm.groupNormBackwardParameters(batch, length, channels, groups, x, lengths, mean, rstd, dY, dGamma, dBeta);
  }
}
