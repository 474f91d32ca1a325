package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Sums over axes and their transpose. Sums are added in an order that depends on the sizes alone.
public interface ReductionKernels {
  /// y = factor · sum of x over the reduced axes.
  ///
  /// @param dims    dimensions of x, outermost first
  /// @param reduced for each axis, whether it is summed over
  /// @param x       Read.
  /// @param y       Overwritten; row-major over the axes that remain.
  void sum(int[] dims, boolean[] reduced, float factor, Storage x, Storage y);

  /// x = factor · y, repeated along the reduced axes: the transpose of [#sum].
  ///
  /// @param y Read.
  /// @param x Overwritten.
  void repeat(int[] dims, boolean[] reduced, float factor, Storage y, Storage x);

  /// `result[0] = Σ x[i]²`, for gradient clipping.
  ///
  /// @param x      Read.
  /// @param result Overwritten; one element.
  void sumOfSquares(int size, Storage x, Storage result);
}
