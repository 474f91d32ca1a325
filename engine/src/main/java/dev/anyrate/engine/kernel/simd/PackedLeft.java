package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;

/// A copy of some rows of a left operand in the form that [PackedTile] reads: in rows where they lie in rows, in columns of a tile where they lie in columns.
///
/// Tiles of a transposed operand stand one behind the other. The last one begins higher where rows are missing, so that all are whole. With fewer rows than a tile has, what stands behind them is
/// multiplied too, and left out of C.
final class PackedLeft {
  /// Rows that are packed at a time: 48 KiB, which stay in the second-level cache beside panels of B. 24 and 96 were no faster.
  static final int ROWS_TOGETHER = 48;

  /// From so many columns on, the copy takes less than it brings. Rows of 128 by 16 columns take as long either way, by 32 columns 0.92 of the time.
  private static final int MANY_COLUMNS = 2 * COLUMNS;

  /// The same for a transposed operand, which is copied six numbers at a time: by 64 columns the weight gradients of Winograd took 1.12 of the time, by 128 0.88 to 0.98.
  private static final int MANY_COLUMNS_TRANSPOSED = 8 * COLUMNS;

  private final float[] copy = new float[PackedTile.FITS ? ROWS_TOGETHER * PackedTile.ROW : 0];
  private boolean inColumns;
  private int rows;
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
    this.rows = rows;
    this.depth = depth;
    inColumns = depthStride != 1;
    if (inColumns) packColumns(a, a0, depthStride);
    else
      for (int i = 0; i < rows; i++) System.arraycopy(a, a0 + i * rowStride, copy, i * PackedTile.ROW, depth);
  }

  /// A column goes to all tiles before the next one is read, which may lie a page on. A copy of a constant few numbers becomes as many moves. A vector instead, which brings more than the rows of a tile and is
  /// written over by the next column, takes half the time, but stayed an object in some runs (312 MB in a step of the reference network).
  private void packColumns(float[] a, int a0, int depthStride) {
    for (int p = 0; p < depth; p++) {
      int column = a0 + p * depthStride;
      int to = p * ROWS;
      if (rows < ROWS) System.arraycopy(a, column, copy, to, rows);
      else
        for (int i = 0; i < rows; i += ROWS, to += tileSize()) {
          System.arraycopy(a, column + Math.min(i, rows - ROWS), copy, to, ROWS);
        }
    }
  }

  /// Of a tile in columns.
  private int tileSize() {
    return depth * ROWS;
  }

  /// The tile of rows from `row` on: a multiple of [GemmTile#ROWS], or the last that leaves as many rows.
  ///
  /// @param start Read; see [GemmTile#multiply].
  /// @param b     Read; see [PackedTile#multiply].
  /// @param c     Overwritten.
  void multiply(int row, float[] start, int s0, int lds, float[] b, int b0, float[] c, int c0, int ldc) {
    if (inColumns)
      PackedTile.multiplyColumns(depth, start, s0, lds, copy, Math.ceilDiv(row, ROWS) * tileSize(), b, b0, c, c0, ldc);
    else
      PackedTile.multiply(depth, start, s0, lds, copy, row * PackedTile.ROW, b, b0, c, c0, ldc);
  }
}
