package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Sums over the rows of `[rows, channels]`, for each channel. A vector of channels at a time goes down the rows; the last vector
/// overlaps the one before it, so there must be at least [SimdSpecies#LANES] channels.
///
/// Runs of [#RUN] rows are added plainly, and runs to each other with the rounding error carried along (Knuth's two-sum): the
/// error does not grow with the number of rows.
final class ChannelSums {
  private static final int RUN = 64;

  private ChannelSums() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// a + b − sum, exactly, where sum is the rounded a + b.
  private static FloatVector roundingError(FloatVector a, FloatVector b, FloatVector sum) {
    FloatVector added = sum.sub(a);
    return a.sub(sum.sub(added)).add(b.sub(added));
  }

  /// sum[c] = Σ x[row, c]
  static void sum(int rows, int channels, float[] x, int x0, float[] sum, int sum0) {
    for (int c = 0; c < channels; c += LANES) {
      int column = Math.min(c, channels - LANES);
      FloatVector total = FloatVector.zero(FLOATS);
      FloatVector error = total;
      for (int row = 0; row < rows; row += RUN) {
        FloatVector run = FloatVector.zero(FLOATS);
        for (int r = row; r < Math.min(rows, row + RUN); r++) run = run.add(load(x, x0 + r * channels + column));
        FloatVector added = total.add(run);
        error = error.add(roundingError(total, run, added));
        total = added;
      }
      total.add(error).intoArray(sum, sum0 + column);
    }
  }

  /// sum[c] = Σ (x[row, c] − center[c])²
  static void squares(int rows, int channels, float[] x, int x0, float[] center, int center0, float[] sum, int sum0) {
    for (int c = 0; c < channels; c += LANES) {
      int column = Math.min(c, channels - LANES);
      FloatVector middle = load(center, center0 + column);
      FloatVector total = FloatVector.zero(FLOATS);
      FloatVector error = total;
      for (int row = 0; row < rows; row += RUN) {
        FloatVector run = FloatVector.zero(FLOATS);
        for (int r = row; r < Math.min(rows, row + RUN); r++) {
          FloatVector distance = load(x, x0 + r * channels + column).sub(middle);
          run = distance.fma(distance, run);
        }
        FloatVector added = total.add(run);
        error = error.add(roundingError(total, run, added));
        total = added;
      }
      total.add(error).intoArray(sum, sum0 + column);
    }
  }

  /// sums[c] = Σ g[row, c] and sums[channels + c] = Σ g[row, c]·(x[row, c] − center[c]), with g = dY where gate > floor, else 0
  static void gradients(int rows, int channels, float[] dY, int dY0, float[] gate, int gate0, float floor, float[] x, int x0,
      float[] center, int center0, float[] sums, int sums0) {
    for (int c = 0; c < channels; c += LANES) {
      int column = Math.min(c, channels - LANES);
      FloatVector middle = load(center, center0 + column);
      FloatVector total = FloatVector.zero(FLOATS);
      FloatVector error = total;
      FloatVector distanceTotal = total;
      FloatVector distanceError = total;
      for (int row = 0; row < rows; row += RUN) {
        FloatVector run = FloatVector.zero(FLOATS);
        FloatVector distanceRun = run;
        for (int r = row; r < Math.min(rows, row + RUN); r++) {
          int i = r * channels + column;
          FloatVector g = load(dY, dY0 + i).blend(0, load(gate, gate0 + i).compare(VectorOperators.LE, floor));
          run = run.add(g);
          distanceRun = load(x, x0 + i).sub(middle).fma(g, distanceRun);
        }
        FloatVector added = total.add(run);
        error = error.add(roundingError(total, run, added));
        total = added;
        added = distanceTotal.add(distanceRun);
        distanceError = distanceError.add(roundingError(distanceTotal, distanceRun, added));
        distanceTotal = added;
      }
      total.add(error).intoArray(sums, sums0 + column);
      distanceTotal.add(distanceError).intoArray(sums, sums0 + channels + column);
    }
  }
}
