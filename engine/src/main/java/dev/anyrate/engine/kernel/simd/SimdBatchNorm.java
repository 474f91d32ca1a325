package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// The batch normalisation of [SimdNorm]. Each series is summed by itself, then the series are put together in double.
///
/// The operands of the call in progress are fields, so that a call makes no objects.
final class SimdBatchNorm {
  private static final int PARTIAL = 0;
  private static final int FACTORS = 1;

  private final Workers workers;
  private final Scratch scratch = new Scratch("batch norm", 2);
  private final BatchMoments moments = new BatchMoments();
  private final SeriesNormalization normalization = new SeriesNormalization();
  private final Workers.Range statistics = this::statistics;
  private final Workers.Range normalize = this::normalize;
  private final Workers.Range gradientSums = this::gradientSums;
  private final Workers.Range inputGradients = this::inputGradients;

  private int length;
  private int channels;
  private HeapStorage lengths;
  private HeapStorage x;
  private HeapStorage mean;
  private HeapStorage y;
  private HeapStorage gate;
  private float closed;
  private HeapStorage dY;
  private HeapStorage dX;
  private HeapStorage dResidual;
  private float[] partial; // two sums of each series
  private float[] factors; // of ChannelRows

  SimdBatchNorm(Workers workers) {
    this.workers = workers;
  }

  private void operands(int length, int channels, HeapStorage x, HeapStorage lengths) {
    this.length = length;
    this.channels = channels;
    this.x = x;
    this.lengths = lengths;
  }

  private int valid(int series) {
    return ValidSamples.of(lengths, series, length);
  }

  void channelStatistics(int batch, int length, int channels, HeapStorage x, HeapStorage lengths, HeapStorage mean,
      HeapStorage variance) {
    operands(length, channels, x, lengths);
    moments.start(batch, length, channels, lengths);
    workers.runRanges(batch, Grain.rows(length * channels), statistics);
    moments.finish(mean, variance);
  }

  private void statistics(int from, int to) {
    for (int b = from; b < to; b++) {
      int n = valid(b);
      for (int row = 0; row < n; row += BatchMoments.ROWS) {
        int rows = Math.min(BatchMoments.ROWS, n - row);
        int x0 = x.offset() + (b * length + row) * channels;
        CacheLines.bringIn(rows * channels, x.array(), x0);
        moments.measure(b, row, rows, x.array(), x0);
      }
    }
  }

  void normalize(int batch, int length, int channels, HeapStorage x, HeapStorage lengths, HeapStorage mean, HeapStorage variance,
      float epsilon, HeapStorage gamma, HeapStorage beta, HeapStorage residual, boolean relu, HeapStorage y) {
    operands(length, channels, x, lengths);
    this.y = y;
    normalization.set(length, channels, lengths, mean, variance, epsilon, gamma, beta, residual, relu);
    workers.runRanges(batch, Grain.rows(length * channels), normalize);
  }

  private void normalize(int from, int to) {
    for (int b = from; b < to; b++) {
      int first = b * length * channels;
      normalization.apply(b, 0, length, x.array(), x.offset() + first, y.array(), y.offset() + first);
    }
  }

  void backwardParameters(int batch, int length, int channels, HeapStorage x, HeapStorage lengths, HeapStorage mean,
      HeapStorage variance, float epsilon, boolean relu, HeapStorage y, HeapStorage dY, HeapStorage dGamma, HeapStorage dBeta) {
    operands(length, channels, x, lengths);
    this.mean = mean;
    this.dY = dY;
    gate = relu ? y : dY;
    closed = ChannelRows.closed(relu);
    partial = scratch.floats(PARTIAL, 2L * batch * channels); // of each series Σ g and Σ g·(x − mean)
    workers.runRanges(batch, Grain.rows(length * channels), gradientSums);
    PartialSums.add(batch, channels, 1, partial, 0, 2 * channels, dBeta.array(), dBeta.offset());
    PartialSums.add(batch, channels, 1, partial, channels, 2 * channels, dGamma.array(), dGamma.offset());
    for (int c = 0; c < channels; c++) dGamma.array()[dGamma.offset() + c] *= SeriesNormalization.rstd(variance, epsilon, c);
  }

  private void gradientSums(int from, int to) {
    for (int b = from; b < to; b++) {
      int first = b * length * channels;
      ChannelSums.gradients(valid(b), channels, dY.array(), dY.offset() + first, gate.array(), gate.offset() + first, closed,
          x.array(), x.offset() + first, mean.array(), mean.offset(), partial, 2 * b * channels);
    }
  }

  void backwardInput(int batch, int length, int channels, HeapStorage x, HeapStorage lengths, HeapStorage mean,
      HeapStorage variance, float epsilon, HeapStorage gamma, boolean batchStatistics, boolean relu, HeapStorage y,
      HeapStorage dY, HeapStorage dGamma, HeapStorage dBeta, HeapStorage dX, HeapStorage dResidual) {
    operands(length, channels, x, lengths);
    this.dY = dY;
    this.dX = dX;
    this.dResidual = dResidual;
    gate = relu ? y : dY;
    closed = ChannelRows.closed(relu);
    factors = scratch.floats(FACTORS, 5L * channels); // mean, scale, weight, p, q of ChannelRows.normalizeBackward
    double n = ValidSamples.total(lengths);
    for (int c = 0; c < channels; c++) {
      float rstd = SeriesNormalization.rstd(variance, epsilon, c);
      factors[c] = mean.array()[mean.offset() + c];
      factors[channels + c] = gamma.array()[gamma.offset() + c] * rstd;
      factors[2 * channels + c] = 1;
      factors[3 * channels + c] = batchStatistics ? (float) (dBeta.array()[dBeta.offset() + c] / n) : 0;
      factors[4 * channels + c] = batchStatistics ? (float) (dGamma.array()[dGamma.offset() + c] / n * rstd) : 0;
    }
    workers.runRanges(batch, Grain.rows(length * channels), inputGradients);
  }

  private void inputGradients(int from, int to) {
    HeapStorage g = dResidual == null ? dX : dResidual;
    for (int b = from; b < to; b++) {
      int n = valid(b);
      int first = b * length * channels;
      if (dX == null) {
        if (g == null) return;
        ChannelRows.gate(n * channels, gate.array(), gate.offset() + first, closed, dY.array(), dY.offset() + first, g.array(),
            g.offset() + first);
      } else {
        ChannelRows.normalizeBackward(n, channels, factors, x.array(), x.offset() + first, gate.array(), gate.offset() + first,
            closed, dY.array(), dY.offset() + first, g.array(), g.offset() + first, dX.array(), dX.offset() + first);
        ValidSamples.clear(n, length, channels, dX.array(), dX.offset() + first);
      }
      if (dResidual != null) ValidSamples.clear(n, length, channels, dResidual.array(), dResidual.offset() + first);
    }
  }
}
