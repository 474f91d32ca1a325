package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.BinaryFunction;
import jdk.incubator.vector.FloatVector;

/// `y[i] = f(a[i], b[i])` over whole vectors; see [UnaryLoops].
final class BinaryLoops {
  private BinaryLoops() {}

  /// @param size a multiple of [SimdSpecies#LANES]
  static void apply(BinaryFunction function, int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    switch (function) {
      case ADD -> add(size, a, a0, b, b0, y, y0);
      case SUBTRACT -> subtract(size, a, a0, b, b0, y, y0);
      case MULTIPLY -> multiply(size, a, a0, b, b0, y, y0);
      case DIVIDE -> divide(size, a, a0, b, b0, y, y0);
    }
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static void add(int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(a, a0 + i).add(load(b, b0 + i)).intoArray(y, y0 + i);
  }

  private static void subtract(int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(a, a0 + i).sub(load(b, b0 + i)).intoArray(y, y0 + i);
  }

  private static void multiply(int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(a, a0 + i).mul(load(b, b0 + i)).intoArray(y, y0 + i);
  }

  private static void divide(int size, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(a, a0 + i).div(load(b, b0 + i)).intoArray(y, y0 + i);
  }
}
