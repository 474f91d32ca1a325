package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The same arithmetic on every row of `[rows, channels]`, with factors that belong to the channels. `k` holds those factors one
/// behind the other, `channels` floats each.
///
/// Thresholds stand for the ReLU. Forward it is a `floor`: 0 with it, −infinity without. Backward it is what closes a gate: 0 with it, and without it NaN, which nothing is below or equal
/// to, not even a gradient of −infinity, which then takes the place of the result.
final class ChannelRows {
  private ChannelRows() {}

  /// The threshold of an activation.
  static float floor(boolean relu) {
    return relu ? 0 : Float.NEGATIVE_INFINITY;
  }

  /// The threshold of an activation's gate: nothing of a gradient goes through where the result is at most this.
  static float closed(boolean relu) {
    return relu ? 0 : Float.NaN;
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// y = max((x − mean)·scale + shift, floor) with k = mean, scale, shift. x may be y.
  static void normalize(int rows, int channels, float[] k, float floor, float[] x, int x0, float[] y, int y0) {
    int whole = FLOATS.loopBound(channels);
    for (int row = 0, i = 0; row < rows; row++) {
      int c = 0;
      for (; c < whole; c += LANES, i += LANES) {
        FloatVector v = load(x, x0 + i).sub(load(k, c));
        v.fma(load(k, channels + c), load(k, 2 * channels + c)).max(floor).intoArray(y, y0 + i);
      }
      for (; c < channels; c++, i++) {
        y[y0 + i] = Math.max(Math.fma(x[x0 + i] - k[c], k[channels + c], k[2 * channels + c]), floor);
      }
    }
  }

  /// y = max((x − mean)·scale + shift + residual, floor) with k = mean, scale, shift. x may be y.
  static void normalizeAndAdd(int rows, int channels, float[] k, float floor, float[] x, int x0, float[] residual, int residual0,
      float[] y, int y0) {
    int whole = FLOATS.loopBound(channels);
    for (int row = 0, i = 0; row < rows; row++) {
      int c = 0;
      for (; c < whole; c += LANES, i += LANES) {
        FloatVector v = load(x, x0 + i).sub(load(k, c)).fma(load(k, channels + c), load(k, 2 * channels + c));
        v.add(load(residual, residual0 + i)).max(floor).intoArray(y, y0 + i);
      }
      for (; c < channels; c++, i++) {
        float v = Math.fma(x[x0 + i] - k[c], k[channels + c], k[2 * channels + c]);
        y[y0 + i] = Math.max(v + residual[residual0 + i], floor);
      }
    }
  }

  /// dX = scale·(weight·g − p − (x − mean)·q) with k = mean, scale, weight, p, q, and g = 0 where gate ≤ closed, else dY.
  ///
  /// The difference comes first and the scale last: p is a mean of weight·g, and where the sum of dX over the rows is 0 for that
  /// reason, it stays so up to the rounding of p.
  ///
  /// @param g Overwritten by g; the gradient of a shortcut, or dX itself.
  static void normalizeBackward(int rows, int channels, float[] k, float[] x, int x0, float[] gate, int gate0, float closed,
      float[] dY, int dY0, float[] g, int g0, float[] dX, int dX0) {
    for (int row = 0, i = 0; row < rows; row++, i += channels) {
      gate(channels, gate, gate0 + i, closed, dY, dY0 + i, g, g0 + i);
      normalizeGated(channels, k, x, x0 + i, g, g0 + i, dX, dX0 + i);
    }
  }

  /// One row of the above, from g. A method of its own: with the gate in one loop, the quick compiler ran out of registers and gave it
  /// up, and every vector stayed an object (30 MB a training step).
  private static void normalizeGated(int channels, float[] k, float[] x, int x0, float[] g, int g0, float[] dX, int dX0) {
    int c = 0;
    for (; c <= channels - LANES; c += LANES) {
      FloatVector v = load(g, g0 + c).mul(load(k, 2 * channels + c)).sub(load(k, 3 * channels + c));
      v = load(k, c).sub(load(x, x0 + c)).fma(load(k, 4 * channels + c), v);
      v.mul(load(k, channels + c)).intoArray(dX, dX0 + c);
    }
    for (; c < channels; c++) {
      float v = g[g0 + c] * k[2 * channels + c] - k[3 * channels + c];
      dX[dX0 + c] = Math.fma(k[c] - x[x0 + c], k[4 * channels + c], v) * k[channels + c];
    }
  }

  /// g = 0 where gate ≤ closed, else dY, over `size` elements
  static void gate(int size, float[] gate, int gate0, float closed, float[] dY, int dY0, float[] g, int g0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      load(dY, dY0 + i).blend(0, load(gate, gate0 + i).compare(VectorOperators.LE, closed)).intoArray(g, g0 + i);
    }
    for (; i < size; i++) g[g0 + i] = gate[gate0 + i] <= closed ? 0 : dY[dY0 + i];
  }
}
