package dev.anyrate.engine.kernel;

/// Arithmetic of two operands.
public enum BinaryFunction {
  /// a + b
  ADD,
  /// a − b
  SUBTRACT,
  /// a · b
  MULTIPLY,
  /// a / b
  DIVIDE
}
