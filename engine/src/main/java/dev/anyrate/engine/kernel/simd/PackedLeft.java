package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;

/// A copy of some rows of a left operand at the distances that [PackedTile] reads.
final class PackedLeft {
  /// Rows that are packed at a time: 48 KiB, which stay in the second-level cache beside panels of B. 24 and 96 were no faster.
  static final int ROWS_TOGETHER = 48;

  /// From so many columns on, the copy takes less than it brings. Rows of 128 by 16 columns take as long either way, by 32 columns 0.92 of the time.
  private static final int MANY_COLUMNS = 2 * COLUMNS;

  /// The same for a transposed operand: by 64 columns the weight gradients of Winograd took 1.12 of the time, by 128 0.88 to 0.98.
  private static final int MANY_COLUMNS_TRANSPOSED = 8 * COLUMNS;

  private final float[] copy = new float[PackedTile.FITS ? ROWS_TOGETHER * PackedTile.ROW : 0];
  private int depth;

  /// Whether a product of so many columns is faster with a copy.
  ///
  /// @param depthStride 1 where rows lie in rows
  static boolean pays(int columns, int depthStride) {
    return PackedTile.FITS && columns >= (depthStride == 1 ? MANY_COLUMNS : MANY_COLUMNS_TRANSPOSED);
  }

  /// Copies.
  ///
  /// @param rows  at most [#ROWS_TOGETHER]
  /// @param depth at most [PackedTile#DEPTH]
  /// @param a     Read; A[i, p] is `a[a0 + i·rowStride + p·depthStride]`, and one of the strides is 1.
  void pack(int rows, int depth, float[] a, int a0, int rowStride, int depthStride) {
    this.depth = depth;
    if (depthStride != 1) Transposition.transpose(depth, rows, a, a0, depthStride, copy, 0, PackedTile.ROW);
    else
      for (int i = 0; i < rows; i++) System.arraycopy(a, a0 + i * rowStride, copy, i * PackedTile.ROW, depth);
  }

  /// The tile of [GemmTile#ROWS] rows from `row` on. With fewer rows in the copy, what stands behind them is multiplied too, and left out of C.
  ///
  /// @param start Read; see [GemmTile#multiply].
  /// @param b     Read; see [PackedTile#multiply].
  /// @param c     Overwritten.
  void multiply(int row, float[] start, int s0, int lds, float[] b, int b0, float[] c, int c0, int ldc) {
    PackedTile.multiply(depth, start, s0, lds, copy, row * PackedTile.ROW, b, b0, c, c0, ldc);
  }
}
