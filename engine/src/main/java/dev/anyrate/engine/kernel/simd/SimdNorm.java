package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Batch, layer and group normalisation, each in a class of its own. Sums over rows take a vector of channels at a time, so where
/// there are fewer channels than that, the plain loops take over.
final class SimdNorm implements NormKernels {
  private final NormKernels plain;
  private final SimdBatchNorm batchNorm;
  private final SimdLayerNorm layerNorm;
  private final SimdGroupNorm groupNorm;

  /// @param plain for what is narrower than a vector, or small
  SimdNorm(Workers workers, NormKernels plain) {
    this.plain = plain;
    batchNorm = new SimdBatchNorm(workers);
    layerNorm = new SimdLayerNorm(workers);
    groupNorm = new SimdGroupNorm(workers);
  }

  private static HeapStorage heap(Storage storage) {
    return storage == null ? null : HeapStorage.of(storage);
  }

  @Override
  public void channelStatistics(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance) {
    if (channels < LANES) plain.channelStatistics(batch, length, channels, x, lengths, mean, variance);
    else
      batchNorm.channelStatistics(batch, length, channels, heap(x), heap(lengths), heap(mean), heap(variance));
  }

  @Override
  public void updateRunningStatistics(int batch, int channels, float momentum, Storage lengths, Storage mean, Storage variance,
      Storage runningMean, Storage runningVariance) {
    HeapStorage means = HeapStorage.of(runningMean);
    HeapStorage variances = HeapStorage.of(runningVariance);
    long n = ValidSamples.total(HeapStorage.of(lengths));
    if (n == 0) return;
    double unbiased = n / (double) Math.max(n - 1, 1);
    follow(channels, momentum, 1, HeapStorage.of(mean), means.array(), means.offset());
    follow(channels, momentum, unbiased, HeapStorage.of(variance), variances.array(), variances.offset());
  }

  /// running = (1 − momentum)·running + momentum·factor·x
  private static void follow(int channels, double momentum, double factor, HeapStorage x, float[] running, int running0) {
    float[] values = x.array();
    for (int c = 0; c < channels; c++) {
      running[running0 + c] = (float) ((1 - momentum) * running[running0 + c] + momentum * factor * values[x.offset() + c]);
    }
  }

  @Override
  public void normalize(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance,
      float epsilon, Storage gamma, Storage beta, Storage residual, boolean relu, Storage y) {
    batchNorm.normalize(batch, length, channels, heap(x), heap(lengths), heap(mean), heap(variance), epsilon,
        heap(gamma),
        heap(beta),
        heap(residual), relu, heap(y));
  }

  @Override
  public void normalizeBackwardParameters(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta) {
    if (channels < LANES) {
      plain.normalizeBackwardParameters(batch, length, channels, x, lengths, mean, variance, epsilon, relu, y, dY, dGamma, dBeta);
    } else {
      batchNorm.backwardParameters(batch, length, channels, heap(x), heap(lengths), heap(mean), heap(variance),
          epsilon, relu,
          heap(y),
          heap(dY), heap(dGamma), heap(dBeta));
    }
  }

  @Override
  public void normalizeBackwardInput(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, Storage gamma, boolean batchStatistics, boolean relu, Storage y, Storage dY,
      Storage dGamma, Storage dBeta, Storage dX, Storage dResidual) {
    batchNorm.backwardInput(batch, length, channels, heap(x), heap(lengths), heap(mean), heap(variance), epsilon,
        heap(gamma),
        batchStatistics, relu, heap(y), heap(dY), heap(dGamma), heap(dBeta), heap(dX), heap(dResidual));
  }

  @Override
  public void layerNorm(int rows, int channels, float epsilon, Storage x, Storage gamma, Storage beta, Storage mean, Storage rstd,
      Storage y) {
    layerNorm.layerNorm(rows, channels, epsilon, heap(x), heap(gamma), heap(beta), heap(mean), heap(rstd), heap(y));
  }

  @Override
  public void layerNormBackward(int rows, int channels, Storage x, Storage gamma, Storage mean, Storage rstd, Storage dY,
      Storage dX, Storage dGamma, Storage dBeta) {
    if (channels < LANES) plain.layerNormBackward(rows, channels, x, gamma, mean, rstd, dY, dX, dGamma, dBeta);
    else {
      layerNorm.backward(rows, channels, heap(x), heap(gamma), heap(mean), heap(rstd), heap(dY), heap(dX), heap(dGamma),
          heap(dBeta));
    }
  }

  @Override
  public void groupNorm(int batch, int length, int channels, int groups, float epsilon, Storage x, Storage lengths, Storage gamma,
      Storage beta, Storage mean, Storage rstd, Storage y) {
    if (channels < LANES) plain.groupNorm(batch, length, channels, groups, epsilon, x, lengths, gamma, beta, mean, rstd, y);
    else {
      groupNorm.groupNorm(batch, length, channels, groups, epsilon, heap(x), heap(lengths), heap(gamma), heap(beta),
          heap(mean),
          heap(rstd), heap(y));
    }
  }

  @Override
  public void groupNormBackwardInput(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage gamma,
      Storage mean, Storage rstd, Storage dY, Storage dX) {
    if (channels < LANES) plain.groupNormBackwardInput(batch, length, channels, groups, x, lengths, gamma, mean, rstd, dY, dX);
    else {
      groupNorm.backwardInput(batch, length, channels, groups, heap(x), heap(lengths), heap(gamma), heap(mean),
          heap(rstd),
          heap(dY),
          heap(dX));
    }
  }

  @Override
  public void groupNormBackwardParameters(int batch, int length, int channels, int groups, Storage x, Storage lengths,
      Storage mean, Storage rstd, Storage dY, Storage dGamma, Storage dBeta) {
    if (channels < LANES) {
      plain.groupNormBackwardParameters(batch, length, channels, groups, x, lengths, mean, rstd, dY, dGamma, dBeta);
    } else {
      groupNorm.backwardParameters(batch, length, channels, groups, heap(x), heap(lengths), heap(mean), heap(rstd),
          heap(dY),
          heap(dGamma), heap(dBeta));
    }
  }
}
