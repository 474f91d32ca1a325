package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// The layer normalisation of [SimdNorm]: every row has a mean and a deviation of its own.
final class SimdLayerNorm {
  private static final int LANE_SUMS = 0;
  private static final int PARTIAL = 1;
  private static final int UNWANTED = 2;

  private final Workers workers;
  private final Scratch scratch = new Scratch("layer norm", 3);
  private final ForwardCall forward = new ForwardCall();
  private final BackwardCall backward = new BackwardCall();

  SimdLayerNorm(Workers workers) {
    this.workers = workers;
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private final class ForwardCall implements Workers.Range {
    private int channels;
    private float epsilon;
    private HeapStorage x;
    private HeapStorage gamma;
    private HeapStorage beta;
    private HeapStorage mean;
    private HeapStorage rstd;
    private HeapStorage y;

    @Override
    public void run(int from, int to) {
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
    }
  }

  void layerNorm(int rows, int channels, float epsilon, HeapStorage x, HeapStorage gamma, HeapStorage beta, HeapStorage mean,
      HeapStorage rstd, HeapStorage y) {
    forward.channels = channels;
    forward.epsilon = epsilon;
    forward.x = x;
    forward.gamma = gamma;
    forward.beta = beta;
    forward.mean = mean;
    forward.rstd = rstd;
    forward.y = y;
    workers.runRanges(rows, Grain.rows(channels), forward);
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

  private final class BackwardCall implements Workers.Range {
    private int channels;
    private int grain;
    private HeapStorage x;
    private HeapStorage gamma;
    private HeapStorage mean;
    private HeapStorage rstd;
    private HeapStorage dY;
    private HeapStorage dX; // null if not wanted
    private float[] partial; // of each part Σ dY·x̂ and Σ dY

    @Override
    public void run(int from, int to) {
      float[] lanes = scratch.floats(LANE_SUMS, 2 * LANES);
      float[] unwanted = scratch.floats(UNWANTED, channels);
      int sum0 = 2 * (from / grain) * channels;
      Arrays.fill(partial, sum0, sum0 + 2 * channels, 0);
      for (int row = from; row < to; row++) {
        int x0 = x.offset() + row * channels;
        int dY0 = dY.offset() + row * channels;
        float center = mean.array()[mean.offset() + row];
        float scale = rstd.array()[rstd.offset() + row];
        sums(channels, dY.array(), dY0, gamma.array(), gamma.offset(), x.array(), x0, center, lanes);
        float p = RowLoops.sumOfLanes(lanes, 0) / channels;
        float q = scale * RowLoops.sumOfLanes(lanes, LANES) / channels;
        gradient(channels, dY.array(), dY0, gamma.array(), gamma.offset(), x.array(), x0, center, scale, p, q,
            dX == null ? unwanted : dX.array(), dX == null ? 0 : dX.offset() + row * channels, partial, sum0);
      }
    }
  }

  /// All gradients in one pass over x and dY.
  ///
  /// @param dX     null if not wanted
  /// @param dGamma null if not wanted, and dBeta with it
  void backward(int rows, int channels, HeapStorage x, HeapStorage gamma, HeapStorage mean, HeapStorage rstd, HeapStorage dY,
      HeapStorage dX, HeapStorage dGamma, HeapStorage dBeta) {
    int grain = PartialSums.rows(rows, Grain.rows(channels), 2L * channels);
    int parts = Math.ceilDiv(rows, grain);
    backward.channels = channels;
    backward.grain = grain;
    backward.x = x;
    backward.gamma = gamma;
    backward.mean = mean;
    backward.rstd = rstd;
    backward.dY = dY;
    backward.dX = dX;
    backward.partial = scratch.floats(PARTIAL, 2L * parts * channels);
    workers.runRanges(rows, grain, backward);
    if (dGamma == null) return;
    PartialSums.add(parts, channels, 1, backward.partial, 0, 2 * channels, dGamma.array(), dGamma.offset());
    PartialSums.add(parts, channels, 1, backward.partial, channels, 2 * channels, dBeta.array(), dBeta.offset());
  }

  /// Lane by lane Σ dY·gamma and, behind it, Σ dY·gamma·(x − center).
  private static void sums(int size, float[] dY, int dY0, float[] gamma, int gamma0, float[] x, int x0, float center,
      float[] lanes) {
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector weighted = sum;
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector h = load(dY, dY0 + i).mul(load(gamma, gamma0 + i));
      sum = sum.add(h);
      weighted = h.fma(load(x, x0 + i).sub(center), weighted);
    }
    sum.intoArray(lanes, 0);
    weighted.intoArray(lanes, LANES);
    for (; i < size; i++) {
      float h = dY[dY0 + i] * gamma[gamma0 + i];
      lanes[0] += h;
      lanes[LANES] = Math.fma(h, x[x0 + i] - center, lanes[LANES]);
    }
  }

  /// dX = scale·(dY·gamma − p − x̂·q), and added to the sums dY·x̂ and, behind them, dY, with x̂ = (x − center)·scale
  private static void gradient(int size, float[] dY, int dY0, float[] gamma, int gamma0, float[] x, int x0, float center,
      float scale, float p, float q, float[] dX, int dX0, float[] sums, int sum0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      FloatVector g = load(dY, dY0 + i);
      FloatVector normal = load(x, x0 + i).sub(center).mul(scale);
      g.fma(normal, load(sums, sum0 + i)).intoArray(sums, sum0 + i);
      g.add(load(sums, sum0 + size + i)).intoArray(sums, sum0 + size + i);
      g.mul(load(gamma, gamma0 + i)).sub(p).sub(normal.mul(q)).mul(scale).intoArray(dX, dX0 + i);
    }
    for (; i < size; i++) {
      float g = dY[dY0 + i];
      float normal = (x[x0 + i] - center) * scale;
      sums[sum0 + i] = Math.fma(g, normal, sums[sum0 + i]);
      sums[sum0 + size + i] += g;
      dX[dX0 + i] = (g * gamma[gamma0 + i] - p - normal * q) * scale;
    }
  }
}
