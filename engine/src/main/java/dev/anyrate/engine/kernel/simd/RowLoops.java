package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// One number from the elements of a row. Two accumulators hide the latency of additions.
///
/// `lanes` is a scratch array of [SimdSpecies#LANES] floats, in which the lanes of a sum are added in a fixed order.
final class RowLoops {
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  private RowLoops() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// The sum of all lanes, added in an order that is the same before and after compilation, unlike that of `reduceLanes`.
  private static float sumOfLanes(FloatVector vector, float[] lanes) {
    vector.intoArray(lanes, 0);
    return sumOfLanes(lanes, 0);
  }

  /// The same for lanes in memory, which are overwritten.
  static float sumOfLanes(float[] lanes, int from) {
    FloatVector four = FloatVector.fromArray(FOUR, lanes, from);
    for (int i = 4; i < LANES; i += 4) four = four.add(FloatVector.fromArray(FOUR, lanes, from + i));
    four.intoArray(lanes, from);
    return lanes[from] + lanes[from + 1] + (lanes[from + 2] + lanes[from + 3]);
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
