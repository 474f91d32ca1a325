package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import java.util.Arrays;

/// Mean and variance of each channel over a batch, from those of its series (Chan, Golub and LeVeque 1979): in double precision and in the order of the series.
final class SeriesMoments {
  private double[] center = {}; // Σ n·mean over the series, then the common mean
  private double[] squares = {}; // around the common mean

  /// @param moments  Read; `[B, 2, C]`: of each series the mean, and the sum of the squares around it.
  /// @param lengths  Read; `[B]`, the n of each series.
  /// @param mean     Overwritten; `[C]`.
  /// @param variance Overwritten; biased, `[C]`.
  void combine(int batch, int channels, float[] moments, HeapStorage lengths, HeapStorage mean, HeapStorage variance) {
    start(channels);
    for (int b = 0; b < batch; b++) addMeans(channels, ValidSamples.of(lengths, b), moments, 2 * b * channels, center);
    double n = ValidSamples.total(lengths);
    for (int c = 0; c < channels; c++) center[c] /= n;
    for (int b = 0; b < batch; b++) addSquares(channels, ValidSamples.of(lengths, b), moments, 2 * b * channels, center, squares);
    for (int c = 0; c < channels; c++) {
      mean.array()[mean.offset() + c] = (float) center[c];
      variance.array()[variance.offset() + c] = (float) (squares[c] / n);
    }
  }

  private void start(int channels) {
    if (center.length < channels) {
      center = new double[channels];
      squares = new double[channels];
    }
    Arrays.fill(center, 0, channels, 0);
    Arrays.fill(squares, 0, channels, 0);
  }

  // Series after series, as PartialSums does it and for the same reason.
  private static void addMeans(int channels, double n, float[] mean, int mean0, double[] sum) {
    for (int c = 0; c < channels; c++) sum[c] += n * mean[mean0 + c];
  }

  /// Those around the series' own mean, and its distance from the common one.
  private static void addSquares(int channels, double n, float[] moments, int mean0, double[] center, double[] squares) {
    for (int c = 0; c < channels; c++) {
      double distance = moments[mean0 + c] - center[c];
      squares[c] += moments[mean0 + channels + c] + n * distance * distance;
    }
  }
}
