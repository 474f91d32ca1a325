package dev.anyrate.engine.kernel.simd;

/// How finely an element-wise kernel is cut for several threads.
final class Grain {
  /// Floats of a part: some microseconds of work, as much as handing it to another thread costs, and half of a first-level cache.
  static final int FLOATS = 1 << 14;

  private Grain() {}

  /// Rows of a part.
  ///
  /// @param floats in a row
  static int rows(int floats) {
    return Math.max(1, FLOATS / Math.max(1, floats));
  }
}
