package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.memory.Storage;

/// Batch, layer and group normalisation: `norm.cl`. A sum over the samples of a channel is taken in chunks of [#SUMMED] side by side, and the chunks' sums are
/// added by one group of work-items for each channel.
final class OpenClNorm implements NormKernels {
  /// Samples, or rows, that one work-item adds one after the other.
  private static final int SUMMED = 64;

  /// Samples that one work-item normalises: enough to pay for what it computes of their channels first, and few enough for a large device to have work.
  private static final int NORMALIZED = 8;

  private final CommandQueue queue;
  private final DeviceMemory memory;

  OpenClNorm(CommandQueue queue, DeviceMemory memory) {
    this.queue = queue;
    this.memory = memory;
  }

  private Launch launch(String kernel) {
    return queue.launch(Family.NORM, kernel);
  }

  /// Work-items where each takes a vector of channels of a chunk of a series.
  private long parts(int batch, int channels, int chunks) {
    return (long) batch * chunks * Math.ceilDiv(channels, queue.tuning(Family.NORM).vectorLanes());
  }

  @Override
  public void channelStatistics(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance) {
    int chunks = Math.ceilDiv(length, SUMMED);
    try (Storage partial = memory.temporary(channels, batch, chunks)) {
      launch("channelSums").with(batch).with(length).with(channels).with(SUMMED).with(chunks).with(x).with(lengths).with(partial)
          .overItems(parts(batch, channels, chunks));
      launch("channelMeans").with(batch).with(length).with(batch * chunks).with(lengths).with(partial).with(mean)
          .overGroups(channels);
      launch("channelSquares").with(batch).with(length).with(channels).with(SUMMED).with(chunks).with(x).with(lengths).with(mean)
          .with(partial).overItems(parts(batch, channels, chunks));
      launch("channelMeans").with(batch).with(length).with(batch * chunks).with(lengths).with(partial).with(variance)
          .overGroups(channels);
    }
  }

  @Override
  public void updateRunningStatistics(int batch, int channels, float momentum, Storage lengths, Storage mean, Storage variance,
      Storage runningMean, Storage runningVariance) {
    launch("updateRunningStatistics").with(batch).with(channels).with(momentum).with(lengths).with(mean).with(variance)
        .with(runningMean).with(runningVariance).overItems(channels);
  }

  @Override
  public void normalize(int batch, int length, int channels, Storage x, Storage lengths, Storage mean, Storage variance,
      float epsilon, Storage gamma, Storage beta, Storage residual, boolean relu, Storage y) {
    int chunks = Math.ceilDiv(length, NORMALIZED);
    launch("normalizeChannels").with(batch).with(length).with(channels).with(NORMALIZED).with(chunks).with(x).with(lengths)
        .with(mean).with(variance).with(epsilon).with(gamma).with(beta).with(residual).with(relu).with(y)
        .overItems(parts(batch, channels, chunks));
  }

  @Override
  public void normalizeBackwardParameters(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, boolean relu, Storage y, Storage dY, Storage dGamma, Storage dBeta) {
    int chunks = Math.ceilDiv(length, SUMMED);
    try (Storage partial = memory.temporary(2, channels, batch, chunks)) {
      launch("normalizeBackwardParameters").with(batch).with(length).with(channels).with(SUMMED).with(chunks).with(x)
          .with(lengths).with(mean).with(variance).with(epsilon).with(relu).with(y).with(dY).with(partial)
          .overItems(parts(batch, channels, chunks));
      sumParameters(channels, batch * chunks, partial, dGamma, dBeta);
    }
  }

  private void sumParameters(int channels, int chunks, Storage partial, Storage dGamma, Storage dBeta) {
    launch("sumOfChunks").with(channels).with(chunks).with(partial).with(dGamma).with(dBeta).overGroups(2L * channels);
  }

  @Override
  public void normalizeBackwardInput(int batch, int length, int channels, Storage x, Storage lengths, Storage mean,
      Storage variance, float epsilon, Storage gamma, boolean batchStatistics, boolean relu, Storage y, Storage dY,
      Storage dGamma, Storage dBeta, Storage dX, Storage dResidual) {
    int chunks = Math.ceilDiv(length, NORMALIZED);
    try (Storage count = memory.temporary(1)) { // of valid samples
      launch("countSamples").with(batch).with(length).with(lengths).with(count).overItems(1);
      launch("normalizeBackwardInput").with(batch).with(length).with(channels).with(NORMALIZED).with(chunks).with(x).with(lengths)
          .with(count).with(mean).with(variance).with(epsilon).with(gamma).with(batchStatistics).with(relu).with(y).with(dY)
          .with(dGamma).with(dBeta).with(dX).with(dResidual).overItems(parts(batch, channels, chunks));
    }
  }

  @Override
  public void layerNorm(int rows, int channels, float epsilon, Storage x, Storage gamma, Storage beta, Storage mean, Storage rstd,
      Storage y) {
    launch("layerNorm").with(channels).with(epsilon).with(x).with(gamma).with(beta).with(mean).with(rstd).with(y)
        .overGroups(rows);
  }

  @Override
  public void layerNormBackward(int rows, int channels, Storage x, Storage gamma, Storage mean, Storage rstd, Storage dY,
      Storage dX, Storage dGamma, Storage dBeta) {
    if (dX != null) layerNormBackwardInput(rows, channels, x, gamma, mean, rstd, dY, dX);
    if (dGamma != null) layerNormBackwardParameters(rows, channels, x, mean, rstd, dY, dGamma, dBeta);
  }

  private void layerNormBackwardInput(int rows, int channels, Storage x, Storage gamma, Storage mean, Storage rstd, Storage dY,
      Storage dX) {
    launch("layerNormBackwardInput").with(channels).with(x).with(gamma).with(mean).with(rstd).with(dY).with(dX).overGroups(rows);
  }

  private void layerNormBackwardParameters(int rows, int channels, Storage x, Storage mean, Storage rstd, Storage dY,
      Storage dGamma, Storage dBeta) {
    int chunks = Math.ceilDiv(rows, SUMMED);
    try (Storage partial = memory.temporary(2, channels, chunks)) {
      launch("layerNormBackwardParameters").with(rows).with(channels).with(SUMMED).with(chunks).with(x).with(mean).with(rstd)
          .with(dY).with(partial).overGrid(channels, chunks, 1);
      sumParameters(channels, chunks, partial, dGamma, dBeta);
    }
  }

  @Override
  public void groupNorm(int batch, int length, int channels, int groups, float epsilon, Storage x, Storage lengths, Storage gamma,
      Storage beta, Storage mean, Storage rstd, Storage y) {
    launch("groupNorm").with(length).with(channels).with(groups).with(epsilon).with(x).with(lengths).with(gamma).with(beta)
        .with(mean).with(rstd).with(y).overGroups((long) batch * groups);
  }

  @Override
  public void groupNormBackwardInput(int batch, int length, int channels, int groups, Storage x, Storage lengths, Storage gamma,
      Storage mean, Storage rstd, Storage dY, Storage dX) {
    launch("groupNormBackwardInput").with(length).with(channels).with(groups).with(x).with(lengths).with(gamma).with(mean)
        .with(rstd).with(dY).with(dX).overGroups((long) batch * groups);
  }

  @Override
  public void groupNormBackwardParameters(int batch, int length, int channels, int groups, Storage x, Storage lengths,
      Storage mean, Storage rstd, Storage dY, Storage dGamma, Storage dBeta) {
    int chunks = Math.ceilDiv(length, SUMMED);
    try (Storage partial = memory.temporary(2, channels, batch, chunks)) {
      launch("groupNormBackwardParameters").with(batch).with(length).with(channels).with(groups).with(SUMMED).with(chunks)
          .with(x).with(lengths).with(mean).with(rstd).with(dY).with(partial).overGrid(channels, chunks, batch);
      sumParameters(channels, batch * chunks, partial, dGamma, dBeta);
    }
  }
}
