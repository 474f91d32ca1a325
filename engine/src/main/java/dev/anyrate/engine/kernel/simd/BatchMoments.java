package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import java.util.Arrays;

/// Mean and variance of each channel over a batch: first of each part of a series, in any order and best while it is in the cache, then of all parts together (Chan, Golub and
/// LeVeque 1979), in double precision and in their order. So it does not matter who measures, nor on how many threads.
final class BatchMoments implements Epilogue {
  /// Rows of a part, the last of a series shorter: few enough that plain sums lose nothing, and that they are in the first-level cache when the squares follow the mean. Blocks of convolutions are whole parts.
  static final int ROWS = 64;

  private final Scratch scratch = new Scratch("batch norm", 1);
  private int batch;
  private int length;
  private int channels;
  private int parts; // of a series
  private HeapStorage lengths;
  private float[] moments; // [B, parts, 2, C]: the mean, and the sum of the squares around it
  private double[] center = {}; // Σ n·mean over the parts, then the common mean
  private double[] squares = {}; // around the common mean

  /// Begins with a batch. Operands as for `NormKernels.channelStatistics`.
  void start(int batch, int length, int channels, HeapStorage lengths) {
    this.batch = batch;
    this.length = length;
    this.channels = channels;
    this.lengths = lengths;
    parts = Math.ceilDiv(length, ROWS);
    moments = scratch.floats(0, (long) batch * parts * 2 * channels);
  }

  /// Measures rows of a series.
  ///
  /// @param first at the beginning of a part
  /// @param rows  whole parts, or up to the end of the series
  /// @param x     Read; these rows from `x0` on.
  void measure(int series, int first, int rows, float[] x, int x0) {
    int valid = Math.min(first + rows, ValidSamples.of(lengths, series, length));
    for (int row = first; row < valid; row += ROWS) {
      RowMoments.of(Math.min(ROWS, valid - row), channels, x, x0 + (row - first) * channels, moments, at(series, row / ROWS));
    }
  }

  @Override
  public void apply(int series, int first, int rows, float[] x, int x0, float[] y, int y0) {
    for (int row = 0; row < rows; row += ROWS) {
      int part = Math.min(ROWS, rows - row);
      int i = row * channels;
      measure(series, first + row, part, x, x0 + i);
      if (x != y) System.arraycopy(x, x0 + i, y, y0 + i, part * channels);
    }
  }

  /// Ends when all rows are measured.
  ///
  /// @param mean     Overwritten; `[C]`.
  /// @param variance Overwritten; biased, `[C]`.
  void finish(HeapStorage mean, HeapStorage variance) {
    clearSums();
    double n = Math.max(1, ValidSamples.total(lengths)); // sums over no sample are 0, and must not become 0/0
    addMeans();
    for (int c = 0; c < channels; c++) center[c] /= n;
    addSquares();
    for (int c = 0; c < channels; c++) {
      mean.array()[mean.offset() + c] = (float) center[c];
      variance.array()[variance.offset() + c] = (float) (squares[c] / n);
    }
  }

  private void clearSums() {
    if (center.length < channels) {
      center = new double[channels];
      squares = new double[channels];
    }
    Arrays.fill(center, 0, channels, 0);
    Arrays.fill(squares, 0, channels, 0);
  }

  private void addMeans() {
    for (int b = 0; b < batch; b++) {
      int valid = ValidSamples.of(lengths, b, length);
      for (int row = 0; row < valid; row += ROWS) {
        addMeans(channels, Math.min(ROWS, valid - row), moments, at(b, row / ROWS), center);
      }
    }
  }

  private void addSquares() {
    for (int b = 0; b < batch; b++) {
      int valid = ValidSamples.of(lengths, b, length);
      for (int row = 0; row < valid; row += ROWS) {
        addSquares(channels, Math.min(ROWS, valid - row), moments, at(b, row / ROWS), center, squares);
      }
    }
  }

  private int at(int series, int part) {
    return (series * parts + part) * 2 * channels;
  }

  // Part after part, as PartialSums does it and for the same reason.
  private static void addMeans(int channels, double n, float[] mean, int mean0, double[] sum) {
    for (int c = 0; c < channels; c++) sum[c] += n * mean[mean0 + c];
  }

  /// Those around the part's own mean, and its distance from the common one.
  private static void addSquares(int channels, double n, float[] moments, int mean0, double[] center, double[] squares) {
    for (int c = 0; c < channels; c++) {
      double distance = moments[mean0 + c] - center[c];
      squares[c] += moments[mean0 + channels + c] + n * distance * distance;
    }
  }
}
