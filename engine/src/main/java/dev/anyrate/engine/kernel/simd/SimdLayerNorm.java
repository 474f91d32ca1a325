package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The layer normalisation of [SimdNorm]: every row has a mean and a deviation of its own.
final class SimdLayerNorm {
  private static final int LANE_SUMS = 0;
  private static final int PARTIAL = 1;

  private final Workers workers;
  private final Scratch scratch = new Scratch(2);

  SimdLayerNorm(Workers workers) {
    this.workers = workers;
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static FloatVector load(float[] array, int index, VectorMask<Float> mask) {
    return FloatVector.fromArray(FLOATS, array, index, mask);
  }

  void layerNorm(int rows, int channels, float epsilon, HeapStorage x, HeapStorage gamma, HeapStorage beta, HeapStorage mean,
      HeapStorage rstd, HeapStorage y) {
    workers.runRanges(rows, Grain.rows(channels), (from, to) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      for (int row = from; row < to; row++) {
        int x0 = x.offset() + row * channels;
        float center = RowLoops.sum(channels, x.array(), x0, lanes) / channels;
        float variance = RowLoops.squares(channels, x.array(), x0, center, lanes) / channels;
        float scale = (float) (1 / Math.sqrt((double) variance + epsilon));
        mean.array()[mean.offset() + row] = center;
        rstd.array()[rstd.offset() + row] = scale;
        normalize(channels, x.array(), x0, center, scale, gamma.array(), gamma.offset(), beta.array(), beta.offset(), y.array(),
            y.offset() + row * channels);
      }
    });
  }

  /// y = (x − center)·scale·gamma + beta
  private static void normalize(int size, float[] x, int x0, float center, float scale, float[] gamma, int gamma0, float[] beta,
      int beta0, float[] y, int y0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      load(x, x0 + i).sub(center).mul(scale).fma(load(gamma, gamma0 + i), load(beta, beta0 + i)).intoArray(y, y0 + i);
    }
    for (; i < size; i++) y[y0 + i] = Math.fma((x[x0 + i] - center) * scale, gamma[gamma0 + i], beta[beta0 + i]);
  }

  void backwardInput(int rows, int channels, HeapStorage x, HeapStorage gamma, HeapStorage mean, HeapStorage rstd, HeapStorage dY,
      HeapStorage dX) {
    workers.runRanges(rows, Grain.rows(channels), (from, to) -> {
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      for (int row = from; row < to; row++) {
        int x0 = x.offset() + row * channels;
        int dY0 = dY.offset() + row * channels;
        float center = mean.array()[mean.offset() + row];
        float scale = rstd.array()[rstd.offset() + row];
        float meanOfH = RowLoops.dot(channels, dY.array(), dY0, gamma.array(), gamma.offset(), lanes) / channels;
        float meanOfHxHat = scale
            * RowLoops.weightedDistance(channels, dY.array(), dY0, gamma.array(), gamma.offset(), x.array(), x0,
                center, lanes)
            / channels;
        gradient(channels, dY.array(), dY0, gamma.array(), gamma.offset(), x.array(), x0, center, scale, meanOfH, meanOfHxHat,
            dX.array(), dX.offset() + row * channels);
      }
    });
  }

  /// dX = scale·(dY·gamma − p − (x − center)·scale·q)
  private static void gradient(int size, float[] dY, int dY0, float[] gamma, int gamma0, float[] x, int x0, float center,
      float scale,
      float p, float q, float[] dX, int dX0) {
    float slope = scale * q;
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector h = load(dY, dY0 + i).mul(load(gamma, gamma0 + i)).sub(p);
      h.sub(load(x, x0 + i).sub(center).mul(slope)).mul(scale).intoArray(dX, dX0 + i);
    }
    for (; i < size; i++) {
      dX[dX0 + i] = (dY[dY0 + i] * gamma[gamma0 + i] - p - (x[x0 + i] - center) * slope) * scale;
    }
  }

  void backwardParameters(int rows, int channels, HeapStorage x, HeapStorage mean, HeapStorage rstd, HeapStorage dY,
      HeapStorage dGamma, HeapStorage dBeta) {
    int grain = Grain.rows(channels);
    int parts = Math.ceilDiv(rows, grain);
    float[] partial = scratch.floats(PARTIAL, 2 * parts * channels); // of each part Σ dY and Σ dY·x̂
    workers.run(parts, part -> {
      int first = part * grain;
      int count = Math.min(grain, rows - first);
      int dY0 = dY.offset() + first * channels;
      int sum0 = 2 * part * channels;
      ChannelSums.sum(count, channels, dY.array(), dY0, partial, sum0);
      gammaSums(count, channels, dY.array(), dY0, x.array(), x.offset() + first * channels, mean.array(), mean.offset() + first,
          rstd.array(), rstd.offset() + first, partial, sum0 + channels);
    });
    PartialSums.add(parts, channels, 1, partial, 0, 2 * channels, dBeta.array(), dBeta.offset());
    PartialSums.add(parts, channels, 1, partial, channels, 2 * channels, dGamma.array(), dGamma.offset());
  }

  /// sum[c] = Σ dY[row, c]·(x[row, c] − mean[row])·rstd[row], the last vector of channels overlapping the one before it
  private static void gammaSums(int rows, int channels, float[] dY, int dY0, float[] x, int x0, float[] mean, int mean0,
      float[] rstd,
      int rstd0, float[] sum, int sum0) {
    for (int c = 0; c < channels; c += LANES) {
      int column = Math.min(c, channels - LANES);
      FloatVector total = FloatVector.zero(FLOATS);
      for (int row = 0; row < rows; row++) {
        int i = row * channels + column;
        total = load(x, x0 + i).sub(mean[mean0 + row]).mul(rstd[rstd0 + row]).fma(load(dY, dY0 + i), total);
      }
      total.intoArray(sum, sum0 + column);
    }
  }
}
