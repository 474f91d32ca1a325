package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.ElementwiseKernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Element by element. What a function and its derivative are stands in [#value] and [#derivative].
public final class ScalarElementwise implements ElementwiseKernels {
  private static final double SQRT_2_BY_PI = Math.sqrt(2 / Math.PI);

  private final Workers workers;

  /// @param workers threads to run on
  public ScalarElementwise(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void binary(BinaryFunction function, int[] dims, Storage a, int[] aStrides, Storage b, int[] bStrides, Storage y) {
    var as = Floats.of(a);
    var bs = Floats.of(b);
    var ys = Floats.of(y);
    var aAxes = new Axes(dims, aStrides);
    var bAxes = new Axes(dims, bStrides);
    workers.runRanges(aAxes.size(), Grain.of(10), (from, to) -> {
      for (int i = from; i < to; i++) ys.set(i, value(function, as.at(aAxes.offset(i)), bs.at(bAxes.offset(i))));
    });
  }

  @Override
  public void unary(UnaryFunction function, int size, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    workers.runRanges(size, Grain.of(10), (from, to) -> {
      for (int i = from; i < to; i++) ys.set(i, value(function, xs.at(i)));
    });
  }

  @Override
  public void unaryBackward(UnaryFunction function, int size, Storage x, Storage y, Storage dY, Storage dX) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    var dYs = Floats.of(dY);
    var dXs = Floats.of(dX);
    workers.runRanges(size, Grain.of(10), (from, to) -> {
      for (int i = from; i < to; i++) dXs.set(i, derivative(function, xs.at(i), ys.at(i)) * dYs.at(i));
    });
  }

  @Override
  public void scale(int size, float factor, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    workers.runRanges(size, Grain.of(1), (from, to) -> {
      for (int i = from; i < to; i++) ys.set(i, factor * xs.at(i));
    });
  }

  @Override
  public void addScaled(int size, float factor, Storage x, Storage y) {
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    workers.runRanges(size, Grain.of(1), (from, to) -> {
      for (int i = from; i < to; i++) ys.set(i, ys.at(i) + factor * xs.at(i));
    });
  }

  private static double value(BinaryFunction function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
    };
  }

  private static double value(UnaryFunction function, double x) {
    return switch (function) {
      case RELU -> Math.max(x, 0);
      case GELU -> x * NormalDistribution.cumulative(x);
      case GELU_TANH -> 0.5 * x * (1 + Math.tanh(SQRT_2_BY_PI * (x + 0.044715 * x * x * x)));
      case SILU -> x * sigmoid(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
    };
  }

  /// dy/dx, from x or from y = value(x), whichever makes it simpler.
  private static double derivative(UnaryFunction function, double x, double y) {
    return switch (function) {
      case RELU -> x > 0 ? 1 : 0;
      case GELU -> NormalDistribution.cumulative(x) + x * NormalDistribution.density(x);
      case GELU_TANH -> {
        double tanh = Math.tanh(SQRT_2_BY_PI * (x + 0.044715 * x * x * x));
        double innerDerivative = SQRT_2_BY_PI * (1 + 3 * 0.044715 * x * x);
        yield 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * innerDerivative;
      }
      case SILU -> sigmoid(x) * (1 + x * (1 - sigmoid(x)));
      case SIGMOID -> y * (1 - y);
      case TANH -> 1 - y * y;
      case EXP -> y;
      case LOG -> 1 / x;
      case SQRT -> 1 / (2 * y);
      case SQUARE -> 2 * x;
    };
  }

  /// σ(x). Where e^−x overflows it is infinite and the quotient 0, as it should be.
  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
