package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// One product C = A·B of any size in the manner of BLIS (Van Zee and van de Geijn 2015, <https://doi.org/10.1145/2764454>): B is
/// packed block by block into panels, and blocks of rows of A run over all panels of a block.
///
/// The operands are fields, set for each product, so that a product makes no objects.
final class GemmProduct {
  /// Rows of C that one part of the work computes: whole tiles at any width, and with the panels of B they stay in the
  /// second-level cache.
  private static final int ROW_BLOCK = 48;

  /// Rows of B that are packed at a time.
  private static final int DEPTH_BLOCK = 512;

  /// Columns of B that are packed at a time, 2 MiB with the depth above.
  private static final int COLUMN_BLOCK = 1024;

  /// Panels that one part of the work packs, so that it reads some lines of a row before it goes to the next: rows that lie a page apart are read so anew for each panel (1024³ at 256
  /// bit: 0.70 of the peak one by one, 0.75 four at a time).
  private static final int PANELS_TOGETHER = 4;

  /// With so few rows, packing B would cost as much as the product.
  private static final int FEW_ROWS = 2 * ROWS;

  /// From so many columns on, a block of rows of A is copied here where tiles have eight rows; narrower ones leave that to [PackedLeft]. Its rows lie in memory pages of their own, and
  /// where they are a power of two apart, in the same few sets of the first-level cache. 1024³ rose from 0.66 to 0.80 of the peak. A transposed A is copied as it lies: its
  /// lines of 16 floats hold two tiles (1024³: 0.85 of the peak, 0.80 with rows).
  private static final int MANY_COLUMNS = PackedTile.FITS ? Integer.MAX_VALUE : 8 * COLUMNS;

  private static final int PANELS = 0;
  private static final int ROWS_OF_A = 1;

  private final Scratch scratch = new Scratch("matmul", 2);
  private final Workers.Part packPanels = this::packPanels;
  private final Workers.Part multiplyRows = this::multiplyRows;
  private final Workers.Part multiplyColumns = this::multiplyColumns;

  private int m;
  private int n;
  private int k;
  private float[] a;
  private int a0;
  private int aRow;
  private int aDepth;
  private float[] b;
  private int b0;
  private int bDepth;
  private int bColumn;
  private float[] c;
  private int c0;
  private boolean add;
  private float[] bias; // null for none
  private int bias0;
  private float[] residual; // null for none
  private int residual0;

  private int firstColumn; // of the block in work
  private int columns;
  private int firstDepth;
  private int depth;
  private float[] panels;

  /// Sizes of the product: C `[m, n]`, A `[m, k]`, B `[k, n]`.
  GemmProduct sizes(int newM, int newN, int newK) {
    m = newM;
    n = newN;
    k = newK;
    return this;
  }

  /// A[i, p] is `array[offset + i·rowStride + p·depthStride]`; one of the strides is 1.
  GemmProduct left(float[] array, int offset, int rowStride, int depthStride) {
    a = array;
    a0 = offset;
    aRow = rowStride;
    aDepth = depthStride;
    return this;
  }

  /// B[p, j] is `array[offset + p·depthStride + j·columnStride]`.
  GemmProduct right(float[] array, int offset, int depthStride, int columnStride) {
    b = array;
    b0 = offset;
    bDepth = depthStride;
    bColumn = columnStride;
    return this;
  }

  /// C is row-major from `array[offset]` on, and overwritten.
  GemmProduct result(float[] array, int offset) {
    c = array;
    c0 = offset;
    add = false;
    bias = null;
    residual = null;
    return this;
  }

  /// The product is added to what C holds.
  GemmProduct add() {
    add = true;
    return this;
  }

  /// One number for each column is added to C.
  ///
  /// @param array null for none
  GemmProduct bias(float[] array, int offset) {
    bias = array;
    bias0 = offset;
    return this;
  }

  /// A matrix is added to C, row-major as C is.
  ///
  /// @param array null for none
  GemmProduct residual(float[] array, int offset) {
    residual = array;
    residual0 = offset;
    return this;
  }

  /// Computes it.
  void run(Workers workers) {
    int first = 0;
    if (m <= FEW_ROWS && bColumn == 1) {
      first = columnsOfWholePanels();
      firstDepth = 0;
      workers.run(Math.ceilDiv(first, COLUMN_BLOCK), multiplyColumns);
    }
    for (firstColumn = first; firstColumn < n; firstColumn += COLUMN_BLOCK) {
      columns = Math.min(COLUMN_BLOCK, n - firstColumn);
      firstDepth = 0;
      do { // once even where the depth is 0: C is overwritten then
        depth = Math.min(DEPTH_BLOCK, k - firstDepth);
        panels = scratch.floats(PANELS, GemmPanels.size(depth, columns));
        workers.run(Math.ceilDiv(GemmPanels.count(columns), PANELS_TOGETHER), packPanels);
        workers.run(Math.ceilDiv(m, ROW_BLOCK), multiplyRows);
        firstDepth += DEPTH_BLOCK;
      } while (firstDepth < k);
    }
  }

  private int columnsOfWholePanels() {
    return n - n % COLUMNS;
  }

  /// Columns of few rows, from panels where they lie. Fewer at a time would touch all rows of B, each in a memory page of its own, once more for each part.
  private void multiplyColumns(int part) {
    int column = part * COLUMN_BLOCK;
    int width = Math.min(COLUMN_BLOCK, columnsOfWholePanels() - column);
    multiply(GemmBlock.ofThread().left(a, a0, aRow, aDepth).right(b, b0 + column, bDepth, COLUMNS), 0, m, column, width, k);
  }

  private void packPanels(int part) {
    int first = part * PANELS_TOGETHER;
    int last = Math.min(first + PANELS_TOGETHER, GemmPanels.count(columns));
    GemmPanels.packPanels(first, last, depth, columns, b, b0 + firstDepth * bDepth + firstColumn * bColumn, bDepth, bColumn,
        panels, 0);
  }

  private void multiplyRows(int part) {
    int row = part * ROW_BLOCK;
    int rows = Math.min(ROW_BLOCK, m - row);
    int from = a0 + row * aRow + firstDepth * aDepth;
    GemmBlock block = GemmBlock.ofThread().right(panels, 0, depth);
    if (columns < MANY_COLUMNS) block.left(a, from, aRow, aDepth);
    else if (aDepth == 1) block.left(packRows(rows, from), 0, depth + LANES, 1);
    else
      block.left(packColumns(rows, from), 0, 1, rows);
    multiply(block, row, rows, firstColumn, columns, depth);
  }

  /// Multiplies the operands of a block into C. What is added to C is added first: then it is the start of a chain of fused
  /// multiply-adds, and costs little or nothing.
  private void multiply(GemmBlock block, int row, int rows, int column, int width, int count) {
    int to = c0 + row * n + column;
    block.result(c, to, n);
    if (residual != null && firstDepth == 0) {
      for (int i = 0; i < rows; i++) start(residual0 + (row + i) * n + column, column, width, to + i * n);
      block.multiplyAdd(rows, width, count);
    } else if (add || firstDepth > 0) {
      block.multiplyAdd(rows, width, count);
    } else if (bias != null) {
      block.multiplyAddBias(rows, width, count, bias, bias0 + column);
    } else {
      block.multiply(rows, width, count);
    }
  }

  /// A part of a row of C = residual + bias
  private void start(int from, int column, int width, int to) {
    if (bias == null) System.arraycopy(residual, from, c, to, width);
    else
      ArrayLoops.add(width, residual, from, bias, bias0 + column, c, to);
  }

  private float[] packColumns(int rows, int from) {
    float[] packed = scratch.floats(ROWS_OF_A, rows * depth);
    for (int p = 0; p < depth; p++) System.arraycopy(a, from + p * aDepth, packed, p * rows, rows);
    return packed;
  }

  /// Rows one behind the other, with a gap that keeps them in different sets of the cache.
  private float[] packRows(int rows, int from) {
    int stride = depth + LANES;
    float[] packed = scratch.floats(ROWS_OF_A, ROW_BLOCK * stride);
    for (int i = 0; i < rows; i++) System.arraycopy(a, from + i * aRow, packed, i * stride, depth);
    return packed;
  }
}
