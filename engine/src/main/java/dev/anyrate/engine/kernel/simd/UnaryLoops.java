package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.UnaryFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// `y[i] = f(x[i])` over whole vectors, one loop per function: a function passed into a common loop would be called, not inlined,
/// and box every vector. Functions with an exponential in them write that to a buffer first, see [Exponential].
final class UnaryLoops {
  static final float SQRT_2_BY_PI = 0.7978845608f;
  static final float GELU_CUBIC = 0.044715f;

  private UnaryLoops() {}

  /// @param size   a multiple of [SimdSpecies#LANES]
  /// @param buffer at least `size` floats
  static void apply(UnaryFunction function, int size, float[] x, int x0, float[] y, int y0, float[] buffer) {
    switch (function) {
      case RELU -> relu(size, x, x0, y, y0);
      case GELU -> GeluLoops.gelu(size, x, x0, y, y0);
      case GELU_TANH -> {
        geluTanhExponential(size, x, x0, buffer);
        quotient(size, x, x0, buffer, y, y0);
      }
      case SILU -> {
        Exponential.apply(size, -1, x, x0, buffer, 0);
        quotient(size, x, x0, buffer, y, y0);
      }
      case SIGMOID -> {
        Exponential.apply(size, -1, x, x0, buffer, 0);
        sigmoid(size, buffer, y, y0);
      }
      case TANH -> {
        Exponential.apply(size, 2, x, x0, buffer, 0);
        tanh(size, x, x0, buffer, y, y0);
      }
      case EXP -> Exponential.apply(size, 1, x, x0, y, y0);
      case LOG -> log(size, x, x0, y, y0);
      case SQRT -> sqrt(size, x, x0, y, y0);
      case SQUARE -> square(size, x, x0, y, y0);
    }
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static void relu(int size, float[] x, int x0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(x, x0 + i).max(0).intoArray(y, y0 + i);
  }

  /// e = e^−2u, where u = √(2/π)(x + 0.044715x³); ½(1 + tanh u) = 1/(1 + e)
  static void geluTanhExponential(int size, float[] x, int x0, float[] e) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = load(x, x0 + i);
      v.mul(v).fma(GELU_CUBIC, 1).mul(v).intoArray(e, i);
    }
    Exponential.apply(size, -2 * SQRT_2_BY_PI, e, 0, e, 0);
  }

  /// y = x/(1 + e)
  private static void quotient(int size, float[] x, int x0, float[] e, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(x, x0 + i).div(load(e, i).add(1)).intoArray(y, y0 + i);
  }

  /// y = 1/(1 + e)
  private static void sigmoid(int size, float[] e, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) FloatVector.broadcast(FLOATS, 1).div(load(e, i).add(1)).intoArray(y, y0 + i);
  }

  /// y = tanh x = 1 − 2/(e + 1), given e = e^2x, and for |x| < 0.625, where that loses digits, the odd polynomial of Cephes'
  /// `tanhf`.
  private static void tanh(int size, float[] x, int x0, float[] e, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = load(x, x0 + i);
      FloatVector square = v.mul(v);
      FloatVector p = square.fma(-5.70498872745e-3f, 2.06390887954e-2f);
      p = p.fma(square, FloatVector.broadcast(FLOATS, -5.37397155531e-2f));
      p = p.fma(square, FloatVector.broadcast(FLOATS, 1.33314422036e-1f));
      p = p.fma(square, FloatVector.broadcast(FLOATS, -3.33332819422e-1f));
      FloatVector near = p.mul(square).fma(v, v);
      FloatVector far = FloatVector.broadcast(FLOATS, -2).div(load(e, i).add(1)).add(1);
      far.blend(near, square.compare(VectorOperators.LT, 0.625f * 0.625f)).intoArray(y, y0 + i);
    }
  }

  /// By the library's function: no layer uses it on many numbers.
  private static void log(int size, float[] x, int x0, float[] y, int y0) {
    for (int i = 0; i < size; i++) y[y0 + i] = (float) Math.log(x[x0 + i]);
  }

  private static void sqrt(int size, float[] x, int x0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) load(x, x0 + i).sqrt().intoArray(y, y0 + i);
  }

  private static void square(int size, float[] x, int x0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = load(x, x0 + i);
      v.mul(v).intoArray(y, y0 + i);
    }
  }
}
