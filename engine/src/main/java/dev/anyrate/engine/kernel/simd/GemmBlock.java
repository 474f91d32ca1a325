package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;

import dev.anyrate.engine.parallel.Scratch;

/// The loops around [GemmTile]: a block of C of any size, with its edges, on the calling thread.
///
/// An element of C is one chain of fused multiply-adds in the order of the depth, wherever its tile lies. So results do not
/// depend on how the caller cuts C into blocks.
final class GemmBlock {
  /// Depth of one pass. A panel of it is as large as a first-level cache at 512 bit; less keeps it inside, but passes over C more
  /// often, and was slower.
  private static final int DEPTH = 256;

  private static final int TILE = 0;
  private static final int FEW_ROWS = 1;

  private final Scratch scratch = new Scratch(2);

  /// The left operand: A[i, p] is `array[offset + i·rowStride + p·depthStride]`. Rows may overlap, as the windows of a
  /// convolution do.
  record Rows(float[] array, int offset, int rowStride, int depthStride) {
    /// The same operand from row `row` and depth `depth` on.
    Rows from(int row, int depth) {
      return new Rows(array, offset + row * rowStride + depth * depthStride, rowStride, depthStride);
    }
  }

  /// The result: C[i, j] is `array[offset + i·rowStride + j]`.
  record Result(float[] array, int offset, int rowStride) {
    /// The same result from an element on.
    Result from(int row, int column) {
      return new Result(array, offset + row * rowStride + column, rowStride);
    }
  }

  /// C = A·B, or C += A·B.
  ///
  /// @param add whether C is added to
  void multiply(int rows, int columns, int depth, Rows a, GemmPanels b, Result c, boolean add) {
    if (rows == 0) return;
    Rows left = rows < ROWS ? padded(rows, depth, a) : a;
    int p = 0;
    do { // once even where the depth is 0: C is overwritten with zeros then
      int pass = Math.min(DEPTH, depth - p);
      for (int j = 0; j < columns; j += COLUMNS) {
        int panel = b.offset() + j / COLUMNS * b.stride() + p * b.rowStride();
        column(rows, Math.min(COLUMNS, columns - j), pass, left.from(0, p), b.array(), panel, b.rowStride(), c.from(0, j),
            add || p > 0);
      }
      p += DEPTH;
    } while (p < depth);
  }

  /// One column of tiles.
  private void column(int rows, int width, int depth, Rows a, float[] b, int b0, int ldb, Result c, boolean add) {
    int whole = width == COLUMNS ? rows - rows % ROWS : 0;
    for (int i = 0; i < whole; i += ROWS) {
      GemmTile.multiply(depth, a.array, a.offset + i * a.rowStride, a.rowStride, a.depthStride, b, b0, ldb, c.array,
          c.offset + i * c.rowStride, c.rowStride, add);
    }
    for (int i = whole; i < rows; i += ROWS) edge(i, rows, width, depth, a, b, b0, ldb, c, add);
  }

  /// A tile that reaches over the edge of C, on a copy. Where rows are missing below, it begins higher, with rows that another
  /// tile writes.
  private void edge(int row, int rows, int width, int depth, Rows a, float[] b, int b0, int ldb, Result c, boolean add) {
    float[] tile = scratch.floats(TILE, ROWS * COLUMNS);
    int first = Math.max(0, Math.min(row, rows - ROWS));
    int last = Math.min(row + ROWS, rows);
    if (add) {
      for (int i = row; i < last; i++) {
        System.arraycopy(c.array, c.offset + i * c.rowStride, tile, (i - first) * COLUMNS, width);
      }
    }
    GemmTile.multiply(depth, a.array, a.offset + first * a.rowStride, a.rowStride, a.depthStride, b, b0, ldb, tile, 0, COLUMNS,
        add);
    for (int i = row; i < last; i++) {
      System.arraycopy(tile, (i - first) * COLUMNS, c.array, c.offset + i * c.rowStride, width);
    }
  }

  /// Fewer rows than a tile has, followed by rows of zeros.
  private Rows padded(int rows, int depth, Rows a) {
    float[] packed = scratch.floats(FEW_ROWS, depth * ROWS);
    for (int p = 0; p < depth; p++) {
      for (int i = 0; i < ROWS; i++) {
        packed[p * ROWS + i] = i < rows ? a.array[a.offset + i * a.rowStride + p * a.depthStride] : 0;
      }
    }
    return new Rows(packed, 0, 1, ROWS);
  }
}
