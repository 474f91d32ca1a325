package dev.anyrate.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.kernel.scalar.ScalarElementwise;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Workers;
import org.junit.jupiter.api.Test;

/// Functions made from the exponential, against the reference in double precision.
class UnaryLoopsTest {
  private static final int SIZE = 100_003;
  private static final float HALF_RANGE = 20;

  private final Workers workers = new Workers(1);

  @Test
  void tanhKeepsItsDigitsNearZero() {
    assertTrue(relativeError(UnaryFunction.TANH) < 4e-7, "relative error " + relativeError(UnaryFunction.TANH));
  }

  @Test
  void sigmoidKeepsItsDigitsEverywhere() {
    assertTrue(relativeError(UnaryFunction.SIGMOID) < 4e-7, "relative error " + relativeError(UnaryFunction.SIGMOID));
  }

  @Test
  void siluKeepsItsDigitsEverywhere() {
    assertTrue(relativeError(UnaryFunction.SILU) < 4e-7, "relative error " + relativeError(UnaryFunction.SILU));
  }

  /// The polynomial of Φ bounds the absolute error: 0.75e-7, and as much again by rounding.
  @Test
  void geluErrsByLessThanTheBoundOfItsPolynomial() {
    float[] x = inputs();
    float[] y = result(UnaryFunction.GELU, x);
    float[] expected = reference(UnaryFunction.GELU, x);
    double worst = 0;
    for (int i = 0; i < SIZE; i++) worst = Math.max(worst, Math.abs(y[i] - expected[i]) / Math.max(1, Math.abs(x[i])));
    assertTrue(worst < 2e-7, "error of Φ " + worst);
  }

  private double relativeError(UnaryFunction function) {
    float[] x = inputs();
    float[] y = result(function, x);
    float[] expected = reference(function, x);
    double worst = 0;
    for (int i = 0; i < SIZE; i++) {
      if (expected[i] != 0) worst = Math.max(worst, Math.abs((double) y[i] / expected[i] - 1));
    }
    return worst;
  }

  private static float[] inputs() {
    float[] x = new float[SIZE];
    for (int i = 0; i < SIZE; i++) x[i] = HALF_RANGE * (2f * i / SIZE - 1);
    return x;
  }

  private float[] result(UnaryFunction function, float[] x) {
    float[] y = new float[SIZE];
    new SimdElementwise(workers).unary(function, SIZE, HeapStorage.wrap(x, 0, SIZE), HeapStorage.wrap(y, 0, SIZE));
    return y;
  }

  private float[] reference(UnaryFunction function, float[] x) {
    float[] y = new float[SIZE];
    new ScalarElementwise(workers).unary(function, SIZE, HeapStorage.wrap(x, 0, SIZE), HeapStorage.wrap(y, 0, SIZE));
    return y;
  }
}
