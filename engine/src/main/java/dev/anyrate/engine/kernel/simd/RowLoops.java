package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// One number from the elements of a row. Two accumulators hide the latency of additions.
///
/// `lanes` is a scratch array of [SimdSpecies#LANES] floats, in which the lanes of a sum are added in a fixed order.
final class RowLoops {
  private RowLoops() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// The sum of all lanes, added in an order that is the same before and after compilation, unlike that of `reduceLanes`.
  private static float sumOfLanes(FloatVector vector, float[] lanes) {
    vector.intoArray(lanes, 0);
    return sumOfLanes(lanes, 0);
  }

  /// The same for lanes in memory, as four sums side by side. They could be a vector of four; but once vectors of two widths are in use, the compiler no longer knows in every loop
  /// which a [FloatVector] is, and keeps objects where it does not: 30 to 70 MB in a training step of the Transformer, in one run of two.
  static float sumOfLanes(float[] lanes, int from) {
    float a = lanes[from];
    float b = lanes[from + 1];
    float c = lanes[from + 2];
    float d = lanes[from + 3];
    for (int i = 4; i < LANES; i += 4) {
      a += lanes[from + i];
      b += lanes[from + i + 1];
      c += lanes[from + i + 2];
      d += lanes[from + i + 3];
    }
    return a + b + (c + d);
  }

  /// Σ x
  static float sum(int size, float[] x, int x0, float[] lanes) {
    FloatVector even = FloatVector.zero(FLOATS);
    FloatVector odd = even;
    int i = 0;
    for (; i <= size - 2 * LANES; i += 2 * LANES) {
      even = even.add(load(x, x0 + i));
      odd = odd.add(load(x, x0 + i + LANES));
    }
    float rest = 0;
    for (; i < size; i++) rest += x[x0 + i];
    return sumOfLanes(even.add(odd), lanes) + rest;
  }

  /// Σ a·b
  static float dot(int size, float[] a, int a0, float[] b, int b0, float[] lanes) {
    FloatVector even = FloatVector.zero(FLOATS);
    FloatVector odd = even;
    int i = 0;
    for (; i <= size - 2 * LANES; i += 2 * LANES) {
      even = load(a, a0 + i).fma(load(b, b0 + i), even);
      odd = load(a, a0 + i + LANES).fma(load(b, b0 + i + LANES), odd);
    }
    float rest = 0;
    for (; i < size; i++) rest = Math.fma(a[a0 + i], b[b0 + i], rest);
    return sumOfLanes(even.add(odd), lanes) + rest;
  }

  /// Σ (x − center)²
  static float squares(int size, float[] x, int x0, float center, float[] lanes) {
    FloatVector even = FloatVector.zero(FLOATS);
    FloatVector odd = even;
    int i = 0;
    for (; i <= size - 2 * LANES; i += 2 * LANES) {
      FloatVector u = load(x, x0 + i).sub(center);
      FloatVector v = load(x, x0 + i + LANES).sub(center);
      even = u.fma(u, even);
      odd = v.fma(v, odd);
    }
    float rest = 0;
    for (; i < size; i++) rest = Math.fma(x[x0 + i] - center, x[x0 + i] - center, rest);
    return sumOfLanes(even.add(odd), lanes) + rest;
  }

  /// The largest x; −infinity for an empty row. A maximum has no order, so here `reduceLanes` is exact.
  static float max(int size, float[] x, int x0) {
    FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= size - LANES; i += LANES) max = max.max(load(x, x0 + i));
    float largest = max.reduceLanes(VectorOperators.MAX);
    for (; i < size; i++) largest = Math.max(largest, x[x0 + i]);
    return largest;
  }
}
