package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;

/// The normalisation of a call in progress, applied to some rows of a series at a time: where a whole series is there, or to a block of it that has just been computed.
final class SeriesNormalization implements Epilogue {
  private final Scratch scratch = new Scratch("batch norm", 1);
  private int length;
  private int channels;
  private HeapStorage lengths;
  private HeapStorage residual; // null for none
  private float floor;
  private float[] factors; // mean, scale and shift of ChannelRows

  /// Finds the factors of a call. Operands as for `NormKernels.normalize`.
  void set(int length, int channels, HeapStorage lengths, HeapStorage mean, HeapStorage variance, float epsilon,
      HeapStorage gamma, HeapStorage beta, HeapStorage residual, boolean relu) {
    this.length = length;
    this.channels = channels;
    this.lengths = lengths;
    this.residual = residual;
    floor = ChannelRows.floor(relu);
    factors = scratch.floats(0, 3L * channels);
    for (int c = 0; c < channels; c++) {
      factors[c] = mean.array()[mean.offset() + c];
      factors[channels + c] = gamma.array()[gamma.offset() + c] * rstd(variance, epsilon, c);
      factors[2 * channels + c] = beta.array()[beta.offset() + c];
    }
  }

  /// 1/√(variance + epsilon) of one channel.
  static float rstd(HeapStorage variance, float epsilon, int channel) {
    return (float) (1 / Math.sqrt((double) variance.array()[variance.offset() + channel] + epsilon));
  }

  /// Normalises rows `first` to `first + rows` of a series; those behind its valid samples become 0.
  ///
  /// @param x Read; these rows from `x0` on. May be `y`.
  /// @param y Overwritten; likewise.
  @Override
  public void apply(int series, int first, int rows, float[] x, int x0, float[] y, int y0) {
    int valid = Math.clamp(ValidSamples.of(lengths, series, length) - first, 0, rows);
    if (residual == null) {
      ChannelRows.normalize(valid, channels, factors, floor, x, x0, y, y0);
    } else {
      ChannelRows.normalizeAndAdd(valid, channels, factors, floor, x, x0, residual.array(),
          residual.offset() + (series * length + first) * channels, y, y0);
    }
    ValidSamples.clear(valid, rows, channels, y, y0);
  }
}
