package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.parallel.Scratch;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Sums over the rows of `[rows, channels]`, for each channel.
///
/// Rows are read in order, with the sums of all channels in the first-level cache: down the rows for one vector of channels at a
/// time, every load is a new line of memory, and the machine foresees them half as well (23 against 15 ms for the gradients of a
/// training step's norms).
///
/// Runs of [#RUN] rows are added plainly, and runs to each other with the rounding error carried along (Knuth's two-sum): the
/// error does not grow with the number of rows.
final class ChannelSums {
  private static final int RUN = 64;
  private static final Scratch SCRATCH = new Scratch("sum over rows", 1);

  private ChannelSums() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// `sum[c] = Σ x[row, c]`
  static void sum(int rows, int channels, float[] x, int x0, float[] sum, int sum0) {
    float[] work = start(channels);
    for (int row = 0; row < rows; row += RUN) {
      Arrays.fill(work, 0, channels, 0);
      addRows(Math.min(RUN, rows - row), channels, x, x0 + row * channels, work);
      addRun(channels, work);
    }
    finish(channels, work, sum, sum0);
  }

  /// `sum[c] = Σ (x[row, c] − center[c])²`
  static void squares(int rows, int channels, float[] x, int x0, float[] center, int center0, float[] sum, int sum0) {
    float[] work = start(channels);
    for (int row = 0; row < rows; row += RUN) {
      Arrays.fill(work, 0, channels, 0);
      addSquares(Math.min(RUN, rows - row), channels, x, x0 + row * channels, center, center0, work);
      addRun(channels, work);
    }
    finish(channels, work, sum, sum0);
  }

  /// `sums[c] = Σ g[row, c]` and `sums[channels + c] = Σ g[row, c]·(x[row, c] − center[c])`, with g = 0 where gate ≤ closed, else dY
  static void gradients(int rows, int channels, float[] dY, int dY0, float[] gate, int gate0, float closed, float[] x, int x0,
      float[] center, int center0, float[] sums, int sums0) {
    float[] work = start(2L * channels);
    for (int row = 0; row < rows; row += RUN) {
      Arrays.fill(work, 0, 2 * channels, 0);
      int first = row * channels;
      addGradients(Math.min(RUN, rows - row), channels, dY, dY0 + first, gate, gate0 + first, closed, x, x0 + first, center,
          center0, work);
      addRun(2 * channels, work);
    }
    finish(2 * channels, work, sums, sums0);
  }

  /// Work memory: the sums of a run, of all runs, and the error of the latter.
  private static float[] start(long size) {
    float[] work = SCRATCH.floats(0, 3 * size);
    Arrays.fill(work, (int) size, (int) (3 * size), 0);
    return work;
  }

  private static void addRows(int rows, int channels, float[] x, int x0, float[] run) {
    int whole = FLOATS.loopBound(channels);
    for (int row = 0, i = x0; row < rows; row++, i += channels) {
      int c = 0;
      for (; c < whole; c += LANES) load(run, c).add(load(x, i + c)).intoArray(run, c);
      for (; c < channels; c++) run[c] += x[i + c];
    }
  }

  private static void addSquares(int rows, int channels, float[] x, int x0, float[] center, int center0, float[] run) {
    int whole = FLOATS.loopBound(channels);
    for (int row = 0, i = x0; row < rows; row++, i += channels) {
      int c = 0;
      for (; c < whole; c += LANES) {
        FloatVector distance = load(x, i + c).sub(load(center, center0 + c));
        distance.fma(distance, load(run, c)).intoArray(run, c);
      }
      for (; c < channels; c++) {
        float distance = x[i + c] - center[center0 + c];
        run[c] = Math.fma(distance, distance, run[c]);
      }
    }
  }

  private static void addGradients(int rows, int channels, float[] dY, int dY0, float[] gate, int gate0, float closed, float[] x,
      int x0, float[] center, int center0, float[] run) {
    int whole = FLOATS.loopBound(channels);
    for (int row = 0, i = 0; row < rows; row++, i += channels) {
      int c = 0;
      for (; c < whole; c += LANES) {
        FloatVector g = load(dY, dY0 + i + c).blend(0, load(gate, gate0 + i + c).compare(VectorOperators.LE, closed));
        load(run, c).add(g).intoArray(run, c);
        FloatVector distance = load(x, x0 + i + c).sub(load(center, center0 + c));
        distance.fma(g, load(run, channels + c)).intoArray(run, channels + c);
      }
      for (; c < channels; c++) {
        float g = gate[gate0 + i + c] <= closed ? 0 : dY[dY0 + i + c];
        run[c] += g;
        run[channels + c] = Math.fma(x[x0 + i + c] - center[center0 + c], g, run[channels + c]);
      }
    }
  }

  /// Adds the sums of a run to those of all runs. With sum the rounded a + b, the error a + b − sum is found exactly.
  private static void addRun(int size, float[] work) {
    for (int i = 0; i < size; i++) {
      float total = work[size + i];
      float run = work[i];
      float sum = total + run;
      float added = sum - total;
      work[2 * size + i] += total - (sum - added) + (run - added);
      work[size + i] = sum;
    }
  }

  /// The error of an infinite sum is NaN, as that of infinity less infinity, and is left out.
  private static void finish(int size, float[] work, float[] sum, int sum0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector total = load(work, size + i);
      FloatVector exact = total.add(load(work, 2 * size + i));
      exact.blend(total, exact.compare(VectorOperators.NE, exact)).intoArray(sum, sum0 + i);
    }
    for (; i < size; i++) {
      float exact = work[size + i] + work[2 * size + i];
      sum[sum0 + i] = Float.isNaN(exact) ? work[size + i] : exact;
    }
  }
}
