package dev.anyrate.engine.tensor;

/// Shapes that do not fit an operation. The message names the operation, the shapes, the rule and the remedy.
public final class ShapeMismatch extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// @param message one line
  public ShapeMismatch(String message) {
    super(message);
  }

  /// Checks one rule of an operation.
  ///
  /// @param holds     whether the rule holds
  /// @param operation name of the operation
  /// @param rule      the rule, and what to do where it is broken
  /// @param operands  in turn the name of each operand and its tensor or value
  /// @throws ShapeMismatch if the rule does not hold
  public static void check(boolean holds, String operation, String rule, Object... operands) {
    if (holds) return;
    var message = new StringBuilder(operation).append(": ");
    for (int i = 0; i + 1 < operands.length; i += 2) {
      Object value = operands[i + 1] instanceof Tensor tensor ? tensor.shape() : operands[i + 1];
      message.append(i == 0 ? "" : ", ").append(operands[i]).append(" is ").append(value);
    }
    throw new ShapeMismatch(message.append("; ").append(rule).toString());
  }
}
