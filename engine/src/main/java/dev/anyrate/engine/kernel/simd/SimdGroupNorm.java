package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// The group normalisation of [SimdNorm]: sums are taken by channel, as for batch normalisation, then the channels of a group are
/// put together.
final class SimdGroupNorm {
  private static final int FACTORS = 0;
  private static final int SUMS = 1;
  private static final int PARTIAL = 2;

  private final Workers workers;
  private final Scratch scratch = new Scratch("group norm", 3);

  SimdGroupNorm(Workers workers) {
    this.workers = workers;
  }

  void groupNorm(int batch, int length, int channels, int groups, float epsilon, HeapStorage x, HeapStorage lengths,
      HeapStorage gamma, HeapStorage beta, HeapStorage mean, HeapStorage rstd, HeapStorage y) {
    int width = channels / groups;
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      float[] k = scratch.floats(FACTORS, 3L * channels); // mean, scale, shift
      float[] sums = scratch.floats(SUMS, channels);
      for (int b = from; b < to; b++) {
        int n = ValidSamples.of(lengths, b, length);
        double count = Math.max(1, n) * (double) width; // a series without a sample has sums of 0, which must not become 0/0
        int x0 = x.offset() + b * length * channels;
        int y0 = y.offset() + b * length * channels;
        ChannelSums.sum(n, channels, x.array(), x0, sums, 0);
        for (int c = 0; c < channels; c++) k[c] = (float) (ofGroup(c, width, sums) / count);
        ChannelSums.squares(n, channels, x.array(), x0, k, 0, sums, 0);
        for (int c = 0; c < channels; c++) {
          float scale = (float) (1 / Math.sqrt(ofGroup(c, width, sums) / count + epsilon));
          mean.array()[mean.offset() + b * groups + c / width] = k[c];
          rstd.array()[rstd.offset() + b * groups + c / width] = scale;
          k[channels + c] = gamma.array()[gamma.offset() + c] * scale;
          k[2 * channels + c] = beta.array()[beta.offset() + c];
        }
        ChannelRows.normalize(n, channels, k, ChannelRows.floor(false), x.array(), x0, y.array(), y0);
        ValidSamples.clear(n, length, channels, y.array(), y0);
      }
    });
  }

  /// The sum over the channels of a channel's group.
  private static double ofGroup(int channel, int width, float[] sums) {
    double sum = 0;
    int first = channel - channel % width;
    for (int c = first; c < first + width; c++) sum += sums[c];
    return sum;
  }

  void backwardInput(int batch, int length, int channels, int groups, HeapStorage x, HeapStorage lengths, HeapStorage gamma,
      HeapStorage mean, HeapStorage rstd, HeapStorage dY, HeapStorage dX) {
    int width = channels / groups;
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      float[] k = scratch.floats(FACTORS, 5L * channels); // mean, scale, weight, p, q of ChannelRows.normalizeBackward
      float[] sums = scratch.floats(SUMS, 2L * channels); // Σ h and Σ h·(x − mean), with h = dY·gamma
      for (int b = from; b < to; b++) {
        int n = ValidSamples.of(lengths, b, length);
        int first = b * length * channels;
        spread(b, channels, groups, mean, k);
        gradientSums(n, channels, dY, x, first, k, sums, 0);
        for (int c = 0; c < channels; c++) {
          k[2 * channels + c] = gamma.array()[gamma.offset() + c];
          sums[c] *= k[2 * channels + c];
          sums[channels + c] *= k[2 * channels + c];
        }
        double count = (double) n * width;
        for (int c = 0; c < channels; c++) {
          float scale = rstd.array()[rstd.offset() + b * groups + c / width];
          k[channels + c] = scale;
          k[3 * channels + c] = (float) (ofGroup(c, width, sums) / count);
          k[4 * channels + c] = (float) (ofGroup(channels + c, width, sums) / count * scale * scale);
        }
        ChannelRows.normalizeBackward(n, channels, k, x.array(), x.offset() + first, dY.array(), dY.offset() + first,
            ChannelRows.closed(false), dY.array(), dY.offset() + first, dX.array(), dX.offset() + first, dX.array(),
            dX.offset() + first);
        ValidSamples.clear(n, length, channels, dX.array(), dX.offset() + first);
      }
    });
  }

  void backwardParameters(int batch, int length, int channels, int groups, HeapStorage x, HeapStorage lengths, HeapStorage mean,
      HeapStorage rstd, HeapStorage dY, HeapStorage dGamma, HeapStorage dBeta) {
    int width = channels / groups;
    float[] partial = scratch.floats(PARTIAL, 2L * batch * channels); // of each series Σ dY and Σ dY·x̂
    workers.runRanges(batch, Grain.rows(length * channels), (from, to) -> {
      float[] means = scratch.floats(FACTORS, channels);
      for (int b = from; b < to; b++) {
        int sum0 = 2 * b * channels;
        spread(b, channels, groups, mean, means);
        gradientSums(ValidSamples.of(lengths, b, length), channels, dY, x, b * length * channels, means, partial, sum0);
        for (int c = 0; c < channels; c++) partial[sum0 + channels + c] *= rstd.array()[rstd.offset() + b * groups + c / width];
      }
    });
    PartialSums.add(batch, channels, 1, partial, 0, 2 * channels, dBeta.array(), dBeta.offset());
    PartialSums.add(batch, channels, 1, partial, channels, 2 * channels, dGamma.array(), dGamma.offset());
  }

  /// The means of a series' groups, for each channel.
  private static void spread(int series, int channels, int groups, HeapStorage mean, float[] means) {
    for (int c = 0; c < channels; c++) means[c] = mean.array()[mean.offset() + series * groups + c / (channels / groups)];
  }

  /// Σ dY and behind it Σ dY·(x − mean) over the rows of one series, for each channel.
  private static void gradientSums(int rows, int channels, HeapStorage dY, HeapStorage x, int first, float[] means, float[] sums,
      int sums0) {
    int dY0 = dY.offset() + first;
    ChannelSums.gradients(rows, channels, dY.array(), dY0, dY.array(), dY0, ChannelRows.closed(false), x.array(),
        x.offset() + first,
        means, 0, sums, sums0);
  }
}
