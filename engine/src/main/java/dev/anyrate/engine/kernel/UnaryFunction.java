package dev.anyrate.engine.kernel;

/// Functions of one operand, y = f(x). Beside each stands its derivative as the backward kernel computes it, from x or from y.
public enum UnaryFunction {
  /// max(x, 0); derivative 1 where x > 0, else 0
  RELU,
  /// x·Φ(x) with the normal distribution function Φ(x) = ½(1 + erf(x/√2)); derivative Φ(x) + x·φ(x)
  /// (Hendrycks and Gimpel 2016, <https://arxiv.org/abs/1606.08415>)
  GELU,
  /// ½x(1 + tanh(√(2/π)(x + 0.044715x³))), the approximation of GELU by tanh; derivative of that same formula
  GELU_TANH,
  /// x·σ(x); derivative σ(x)(1 + x(1 − σ(x)))
  SILU,
  /// σ(x) = 1/(1 + e^−x); derivative y(1 − y)
  SIGMOID,
  /// tanh x; derivative 1 − y²
  TANH,
  /// e^x; derivative y
  EXP,
  /// natural logarithm; derivative 1/x
  LOG,
  /// √x; derivative 1/(2y)
  SQRT,
  /// x²; derivative 2x
  SQUARE;

  /// Whether the derivative is computed from the result y alone; else it is from the operand x alone.
  public boolean derivativeFromResult() {
    return switch (this) {
      case SIGMOID, TANH, EXP, SQRT -> true;
      case RELU, GELU, GELU_TANH, SILU, LOG, SQUARE -> false;
    };
  }
}
