package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Copies that change where elements stand.
public interface LayoutKernels {
  /// Axis i of y is axis `order[i]` of x.
  ///
  /// @param dims  dimensions of x
  /// @param order a permutation of its axes
  /// @param x     Read.
  /// @param y     Overwritten.
  void permute(int[] dims, int[] order, Storage x, Storage y);

  /// `y[r, yColumn + j] = x[r, xColumn + j]` for r < rows, j < width: a block of columns from one matrix to another. Concatenation and
  /// slicing along any axis are such copies. What lies outside the block keeps its value.
  ///
  /// @param x        Read; rows of `xColumns` elements.
  /// @param y        Overwritten inside the block; rows of `yColumns` elements.
  void copyColumns(int rows, int width, Storage x, int xColumns, int xColumn, Storage y, int yColumns, int yColumn);
}
