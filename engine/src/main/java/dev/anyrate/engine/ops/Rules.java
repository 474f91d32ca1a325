package dev.anyrate.engine.ops;

import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;

/// Rules that several operations share.
final class Rules {
  private Rules() {}

  /// x is a batch of series `[B, L, C]`, lengths `[B]`.
  static void series(String operation, Tensor x, Tensor lengths) {
    ShapeMismatch.check(x.shape().rank() == 3, operation, "x must be a batch of series [B, L, C]", "x", x);
    ShapeMismatch.check(x.dim(1) >= 1, operation, "series must have at least one sample", "x", x);
    ShapeMismatch.check(lengths.shape().rank() == 1 && lengths.dim(0) == x.dim(0), operation,
        "give one valid length for each series of x [B, L, C]", "x", x, "lengths", lengths);
  }

  /// A parameter holds one number for each channel, the innermost axis of x.
  static void perChannel(String operation, Tensor x, String name, Tensor parameter) {
    ShapeMismatch.check(parameter.shape().rank() == 1 && parameter.dim(0) == x.dim(-1), operation,
        name + " must have one number for each channel, the innermost axis of x", "x", x, name, parameter);
  }

  /// Two operands have the same shape.
  static void sameShape(String operation, Tensor a, Tensor b) {
    ShapeMismatch.check(a.shape().equals(b.shape()), operation, "both must have the same shape", "a", a, "b", b);
  }

  /// The weight of the newest batch in running statistics is a share.
  static void momentum(String operation, float momentum) {
    if (momentum >= 0 && momentum <= 1) return;
    throw new IllegalArgumentException(operation + ": momentum is " + momentum + "; it must be between 0 and 1, such as 0.1");
  }

  /// A setting is a finite number above 0.
  ///
  /// @param example a sensible value
  static void positive(String operation, String name, float value, String example) {
    if (value > 0 && Float.isFinite(value)) return;
    throw new IllegalArgumentException(
        operation + ": " + name + " is " + value + "; it must be a finite number above 0, such as " + example);
  }
}
