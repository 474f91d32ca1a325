package dev.anyrate.engine.kernel.simd;

/// What a convolution does to rows of its result while they are in the cache.
interface Epilogue {
  /// Rows `first` to `first + rows` of a series. Threads do several at a time, never the same row.
  ///
  /// @param x Read; these rows as they were computed, from `x0` on. May be `y`.
  /// @param y Overwritten; where they belong, from `y0` on.
  void apply(int series, int first, int rows, float[] x, int x0, float[] y, int y0);
}
