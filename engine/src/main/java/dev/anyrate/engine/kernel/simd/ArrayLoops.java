package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;

/// Arithmetic of an array and a number, or of two arrays, that several families need. Operands may be the result.
final class ArrayLoops {
  private ArrayLoops() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// y = factor·x
  static void scale(int size, float factor, float[] x, int x0, float[] y, int y0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) load(x, x0 + i).mul(factor).intoArray(y, y0 + i);
    for (; i < size; i++) y[y0 + i] = factor * x[x0 + i];
  }

  /// y += factor·x
  static void addScaled(int size, float factor, float[] x, int x0, float[] y, int y0) {
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    int i = 0;
    for (; i <= size - LANES; i += LANES) load(x, x0 + i).fma(factors, load(y, y0 + i)).intoArray(y, y0 + i);
    for (; i < size; i++) y[y0 + i] = Math.fma(factor, x[x0 + i], y[y0 + i]);
  }

  /// y = x − number
  static void subtract(int size, float number, float[] x, int x0, float[] y, int y0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) load(x, x0 + i).sub(number).intoArray(y, y0 + i);
    for (; i < size; i++) y[y0 + i] = x[x0 + i] - number;
  }

  /// y = a + b
  static void add(int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) load(a, a0 + i).add(load(b, b0 + i)).intoArray(y, y0 + i);
    for (; i < size; i++) y[y0 + i] = a[a0 + i] + b[b0 + i];
  }

  /// y = a − b
  static void subtract(int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) load(a, a0 + i).sub(load(b, b0 + i)).intoArray(y, y0 + i);
    for (; i < size; i++) y[y0 + i] = a[a0 + i] - b[b0 + i];
  }

  /// y = p·a + q·b
  static void weightedSum(int size, float p, float[] a, int a0, float q, float[] b, int b0, float[] y, int y0) {
    FloatVector weight = FloatVector.broadcast(FLOATS, p);
    int i = 0;
    for (; i <= size - LANES; i += LANES) load(a, a0 + i).fma(weight, load(b, b0 + i).mul(q)).intoArray(y, y0 + i);
    for (; i < size; i++) y[y0 + i] = Math.fma(a[a0 + i], p, b[b0 + i] * q);
  }
}
