package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// The batch normalisation of [SimdNorm]. Each series is summed by itself while it is in the cache, then the series are put
/// together in double.
final class SimdBatchNorm {
  private static final int PARTIAL = 0;
  private static final int FACTORS = 1;

  private final Workers workers;
  private final Scratch scratch = new Scratch(2);

  SimdBatchNorm(Workers workers) {
    this.workers = workers;
  }

  void channelStatistics(int batch, int length, int channels, HeapStorage x, ValidSamples lengths, HeapStorage mean,
      HeapStorage variance) {
    float[] partial = scratch.floats(PARTIAL, 2 * batch * channels); // of each series the mean and the squares around it
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = lengths.of(b);
        int x0 = x.offset() + b * length * channels;
        int mean0 = 2 * b * channels;
        ChannelSums.sum(n, channels, x.array(), x0, partial, mean0);
        ArrayLoops.scale(channels, 1f / Math.max(n, 1), partial, mean0, partial, mean0);
        ChannelSums.squares(n, channels, x.array(), x0, partial, mean0, partial, mean0 + channels);
      }
    });
    double n = lengths.total();
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int b = 0; b < batch; b++) sum += (double) lengths.of(b) * partial[2 * b * channels + c];
      double center = sum / n;
      double squares = 0; // around the common mean: those around a series' own, and its distance from the common one
      for (int b = 0; b < batch; b++) {
        double distance = partial[2 * b * channels + c] - center;
        squares += partial[(2 * b + 1) * channels + c] + lengths.of(b) * distance * distance;
      }
      mean.array()[mean.offset() + c] = (float) center;
      variance.array()[variance.offset() + c] = (float) (squares / n);
    }
  }

  void normalize(int batch, int length, int channels, HeapStorage x, ValidSamples lengths, HeapStorage mean, HeapStorage variance,
      float epsilon, HeapStorage gamma, HeapStorage beta, HeapStorage residual, boolean relu, HeapStorage y) {
    float[] k = scratch.floats(FACTORS, 3 * channels); // mean, scale, shift
    for (int c = 0; c < channels; c++) {
      k[c] = mean.array()[mean.offset() + c];
      k[channels + c] = gamma.array()[gamma.offset() + c] * rstd(variance, epsilon, c);
      k[2 * channels + c] = beta.array()[beta.offset() + c];
    }
    float floor = ChannelRows.floor(relu);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = lengths.of(b);
        int first = b * length * channels;
        int y0 = y.offset() + first;
        if (residual == null) {
          ChannelRows.normalize(n, channels, k, floor, x.array(), x.offset() + first, y.array(), y0);
        } else {
          ChannelRows.normalizeAndAdd(n, channels, k, floor, x.array(), x.offset() + first, residual.array(),
              residual.offset() + first, y.array(), y0);
        }
        lengths.clearBehind(b, length, channels, y.array(), y0);
      }
    });
  }

  private static float rstd(HeapStorage variance, float epsilon, int channel) {
    return (float) (1 / Math.sqrt((double) variance.array()[variance.offset() + channel] + epsilon));
  }

  void backwardParameters(int batch, int length, int channels, HeapStorage x, ValidSamples lengths, HeapStorage mean,
      HeapStorage variance, float epsilon, boolean relu, HeapStorage y, HeapStorage dY, HeapStorage dGamma, HeapStorage dBeta) {
    float[] partial = scratch.floats(PARTIAL, 2 * batch * channels); // of each series Σ g and Σ g·(x − mean)
    HeapStorage gate = relu ? y : dY;
    float floor = ChannelRows.floor(relu);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int n = lengths.of(b);
        int first = b * length * channels;
        ChannelSums.gradients(n, channels, dY.array(), dY.offset() + first, gate.array(), gate.offset() + first, floor, x.array(),
            x.offset() + first, mean.array(), mean.offset(), partial, 2 * b * channels);
      }
    });
    PartialSums.add(batch, channels, 1, partial, 0, 2 * channels, dBeta.array(), dBeta.offset());
    PartialSums.add(batch, channels, 1, partial, channels, 2 * channels, dGamma.array(), dGamma.offset());
    for (int c = 0; c < channels; c++) dGamma.array()[dGamma.offset() + c] *= rstd(variance, epsilon, c);
  }

  void backwardInput(int batch, int length, int channels, HeapStorage x, ValidSamples lengths, HeapStorage mean,
      HeapStorage variance,
      float epsilon, HeapStorage gamma, boolean batchStatistics, boolean relu, HeapStorage y, HeapStorage dY, HeapStorage dGamma,
      HeapStorage dBeta, HeapStorage dX, HeapStorage dResidual) {
    float[] k = scratch.floats(FACTORS, 5 * channels); // mean, scale, weight, p, q of ChannelRows.normalizeBackward
    double n = lengths.total();
    for (int c = 0; c < channels; c++) {
      float rstd = rstd(variance, epsilon, c);
      k[c] = mean.array()[mean.offset() + c];
      k[channels + c] = gamma.array()[gamma.offset() + c] * rstd;
      k[2 * channels + c] = 1;
      k[3 * channels + c] = batchStatistics ? (float) (dBeta.array()[dBeta.offset() + c] / n) : 0;
      k[4 * channels + c] = batchStatistics ? (float) (dGamma.array()[dGamma.offset() + c] / n * rstd) : 0;
    }
    HeapStorage gate = relu ? y : dY;
    float floor = ChannelRows.floor(relu);
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      for (int b = from; b < to; b++) {
        int valid = lengths.of(b);
        int first = b * length * channels;
        if (dX != null) {
          ChannelRows.normalizeBackward(valid, channels, k, x.array(), x.offset() + first, gate.array(), gate.offset() + first,
              floor,
              dY.array(), dY.offset() + first, dX.array(), dX.offset() + first);
          lengths.clearBehind(b, length, channels, dX.array(), dX.offset() + first);
        }
        if (dResidual != null) {
          ChannelRows.gate(valid * channels, gate.array(), gate.offset() + first, floor, dY.array(), dY.offset() + first,
              dResidual.array(), dResidual.offset() + first);
          lengths.clearBehind(b, length, channels, dResidual.array(), dResidual.offset() + first);
        }
      }
    });
  }
}
