package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.kernel.Kernels;

/// Runs the golden cases of one operation.
@FunctionalInterface
public interface GoldenOperation {
  /// @throws AssertionError if a result or gradient is not that of the case
  void check(GoldenCase golden, Kernels kernels);
}
