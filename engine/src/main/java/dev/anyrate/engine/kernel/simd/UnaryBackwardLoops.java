package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.UnaryFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// `dX[i] = f′(x[i])·dY[i]` over whole vectors; see [UnaryLoops]. Each loop reads, of x and of y = f(x), the one from which the
/// derivative is cheaper.
final class UnaryBackwardLoops {
  private UnaryBackwardLoops() {}

  /// @param size   a multiple of [SimdSpecies#LANES]
  /// @param buffer at least `size` floats
  static void apply(UnaryFunction function, int size, float[] x, int x0, float[] y, int y0, float[] dY, int dY0, float[] dX,
      int dX0, float[] buffer) {
    switch (function) {
      case RELU -> relu(size, x, x0, dY, dY0, dX, dX0);
      case GELU -> GeluLoops.gradient(size, x, x0, dY, dY0, dX, dX0);
      case GELU_TANH -> {
        UnaryLoops.geluTanhExponential(size, x, x0, buffer);
        geluTanh(size, x, x0, buffer, dY, dY0, dX, dX0);
      }
      case SILU -> {
        Exponential.apply(size, -1, x, x0, buffer, 0);
        silu(size, x, x0, buffer, dY, dY0, dX, dX0);
      }
      case SIGMOID -> sigmoid(size, y, y0, dY, dY0, dX, dX0);
      case TANH -> tanh(size, y, y0, dY, dY0, dX, dX0);
      case EXP -> exp(size, y, y0, dY, dY0, dX, dX0);
      case LOG -> log(size, x, x0, dY, dY0, dX, dX0);
      case SQRT -> sqrt(size, y, y0, dY, dY0, dX, dX0);
      case SQUARE -> square(size, x, x0, dY, dY0, dX, dX0);
    }
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static void relu(int size, float[] x, int x0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector zero = FloatVector.zero(FLOATS);
      zero.blend(load(dY, dY0 + i), load(x, x0 + i).compare(VectorOperators.GT, 0)).intoArray(dX, dX0 + i);
    }
  }

  /// With s = ½(1 + tanh u) = 1/(1 + e) and t = x·s(1 − s): f′ = s + t·2u′, 2u′ = 2√(2/π)(1 + 3·0.044715x²). The factors x come to t one by one: where x² is
  /// infinite, t is 0.
  private static void geluTanh(int size, float[] x, int x0, float[] e, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = load(x, x0 + i);
      FloatVector s = FloatVector.broadcast(FLOATS, 1).div(load(e, i).add(1));
      FloatVector t = s.sub(s.mul(s)).mul(v).mul(2 * UnaryLoops.SQRT_2_BY_PI);
      FloatVector derivative = t.mul(v).mul(v).fma(FloatVector.broadcast(FLOATS, 3 * UnaryLoops.GELU_CUBIC), t.add(s));
      derivative.mul(load(dY, dY0 + i)).intoArray(dX, dX0 + i);
    }
  }

  /// With s = σ(x) = 1/(1 + e): f′ = s + x·s(1 − s).
  private static void silu(int size, float[] x, int x0, float[] e, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector s = FloatVector.broadcast(FLOATS, 1).div(load(e, i).add(1));
      s.sub(s.mul(s)).fma(load(x, x0 + i), s).mul(load(dY, dY0 + i)).intoArray(dX, dX0 + i);
    }
  }

  private static void sigmoid(int size, float[] y, int y0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = load(y, y0 + i);
      v.sub(v.mul(v)).mul(load(dY, dY0 + i)).intoArray(dX, dX0 + i);
    }
  }

  private static void tanh(int size, float[] y, int y0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = load(y, y0 + i);
      v.neg().fma(v, FloatVector.broadcast(FLOATS, 1)).mul(load(dY, dY0 + i)).intoArray(dX, dX0 + i);
    }
  }

  private static void exp(int size, float[] y, int y0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) load(y, y0 + i).mul(load(dY, dY0 + i)).intoArray(dX, dX0 + i);
  }

  private static void log(int size, float[] x, int x0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) load(dY, dY0 + i).div(load(x, x0 + i)).intoArray(dX, dX0 + i);
  }

  private static void sqrt(int size, float[] y, int y0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) load(dY, dY0 + i).mul(0.5f).div(load(y, y0 + i)).intoArray(dX, dX0 + i);
  }

  private static void square(int size, float[] x, int x0, float[] dY, int dY0, float[] dX, int dX0) {
    for (int i = 0; i < size; i += LANES) load(x, x0 + i).mul(2).mul(load(dY, dY0 + i)).intoArray(dX, dX0 + i);
  }
}
