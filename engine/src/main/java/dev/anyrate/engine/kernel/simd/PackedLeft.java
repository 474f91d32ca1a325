package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

/// A copy of some rows of a left operand at the distances that [PackedTile] reads.
final class PackedLeft {
  /// Rows that are packed at a time: 48 KiB, which stay in the second-level cache beside panels of B. 24 and 96 were no faster.
  static final int ROWS_TOGETHER = 48;

  /// From so many columns on, the copy takes less than it brings. Rows of 128 by 16 columns take as long either way, by 32 columns 0.92 of the time.
  private static final int MANY_COLUMNS = 2 * COLUMNS;

  /// The same for a transposed operand, which [ColumnTile] reads in place.
  private static final int MANY_COLUMNS_TRANSPOSED = 8 * COLUMNS;

  /// Columns of a transposed operand that lie so far apart, a quarter of a page of memory, cost more than a copy, nearer ones less. Time in place by that of a copy: 128 rows by 128
  /// columns of B 0.91 to 0.93, by 512 columns 1.03; 256³ 1.08; 512 rows by 128 columns 1.06, by 512 1.18.
  private static final int FAR = 256;

  private final float[] copy = new float[PackedTile.FITS ? ROWS_TOGETHER * PackedTile.ROW : 0];

  /// Whether a product of so many columns is faster with a copy.
  static boolean pays(int columns, int rowStride, int depthStride) {
    if (!PackedTile.FITS || PackedTile.reads(rowStride, depthStride)) return false;
    return depthStride == 1 ? columns >= MANY_COLUMNS : depthStride >= FAR && columns >= MANY_COLUMNS_TRANSPOSED;
  }

  /// Copies.
  ///
  /// @param rows  at most [#ROWS_TOGETHER]
  /// @param depth at most [PackedTile#DEPTH]
  /// @param a     Read; A[i, p] is `a[a0 + i·rowStride + p·depthStride]`, and one of the strides is 1.
  void pack(int rows, int depth, float[] a, int a0, int rowStride, int depthStride) {
    if (depthStride != 1) Transposition.transpose(depth, rows, a, a0, depthStride, copy, 0, PackedTile.ROW);
    else
      for (int i = 0; i < rows; i++) System.arraycopy(a, a0 + i * rowStride, copy, i * PackedTile.ROW, depth);
  }

  /// The copy: A[i, p] is at `i·ROW + p`. What stands behind its last row is of earlier products.
  float[] rows() {
    return copy;
  }
}
