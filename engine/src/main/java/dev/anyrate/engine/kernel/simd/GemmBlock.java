package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;

/// The loops around [GemmTile]: a block of C of any size, with its edges, on the calling thread.
///
/// The operands are set one by one and stay until they are set anew, so that a product makes no objects:
///
/// ```java
/// GemmBlock.ofThread().left(a, a0, k, 1).right(panels, 0, COLUMNS, k * COLUMNS).result(c, c0, n).multiply(m, n, k);
/// ```
///
/// An element of C is one chain of fused multiply-adds in the order of the depth, wherever its tile lies. So results do not
/// depend on how the caller cuts C into blocks.
final class GemmBlock {
  /// Depth of one pass. A panel of it is as large as a first-level cache at 512 bit; less keeps it inside, but passes over C more
  /// often, and was slower.
  private static final int DEPTH = PackedTile.DEPTH;

  private static final float[] ZEROS = new float[COLUMNS];
  private static final ThreadLocal<GemmBlock> OF_THREAD = ThreadLocal.withInitial(GemmBlock::new);

  private float[] left;
  private int left0;
  private int leftRow;
  private int leftDepth;
  private float[] right;
  private int right0;
  private int rightRow;
  private int rightPanel;
  private float[] result;
  private int result0;
  private int resultRow;

  private final float[] edge = new float[ROWS * COLUMNS];
  private float[] fewRows = {};
  private final PackedLeft packedLeft = new PackedLeft();
  private boolean packed; // the left operand of the product in work

  private GemmBlock() {}

  /// The block of the calling thread. Operands are those of its last user.
  static GemmBlock ofThread() {
    return OF_THREAD.get();
  }

  /// The left operand: A[i, p] is `array[offset + i·rowStride + p·depthStride]`. Rows may overlap, as the windows of a
  /// convolution do.
  ///
  /// @param array Read.
  GemmBlock left(float[] array, int offset, int rowStride, int depthStride) {
    left = array;
    left0 = offset;
    leftRow = rowStride;
    leftDepth = depthStride;
    return this;
  }

  /// The right operand in panels, see [GemmPanels]: B[p, j] is
  /// `array[offset + j/COLUMNS·panelStride + p·rowStride + j%COLUMNS]`. Every panel is read in full width.
  ///
  /// @param array Read.
  GemmBlock right(float[] array, int offset, int rowStride, int panelStride) {
    right = array;
    right0 = offset;
    rightRow = rowStride;
    rightPanel = panelStride;
    return this;
  }

  /// The right operand in packed panels of `depth` rows from `offset` on.
  ///
  /// @param array Read.
  GemmBlock right(float[] array, int offset, int depth) {
    return right(array, offset, COLUMNS, depth * COLUMNS);
  }

  /// The right operand `[depth, columns]` as rows: read where they are if they are whole panels, else packed.
  ///
  /// @param array Read; B[p, j] is `array[offset + p·rowStride + j]`.
  /// @param space work memory for panels, [GemmPanels#size] floats; not touched for whole panels
  GemmBlock rightRows(int depth, int columns, float[] array, int offset, int rowStride, float[] space) {
    if (columns % COLUMNS == 0) return right(array, offset, rowStride, COLUMNS);
    GemmPanels.pack(depth, columns, array, offset, rowStride, 1, space, 0);
    return right(space, 0, depth);
  }

  /// The result: C[i, j] is `array[offset + i·rowStride + j]`.
  GemmBlock result(float[] array, int offset, int rowStride) {
    result = array;
    result0 = offset;
    resultRow = rowStride;
    return this;
  }

  /// C = A·B.
  void multiply(int rows, int columns, int depth) {
    multiply(rows, columns, depth, ZEROS, 0, 0, 0);
  }

  /// C += A·B.
  void multiplyAdd(int rows, int columns, int depth) {
    multiply(rows, columns, depth, result, result0, resultRow, 1);
  }

  /// C = A·B + bias, one number for each column.
  void multiplyAddBias(int rows, int columns, int depth, float[] bias, int bias0) {
    multiply(rows, columns, depth, bias, bias0, 0, 1);
  }

  /// C = start + A·B with start[i, j] at `start[s0 + i·startRow + j·startColumn]`.
  private void multiply(int rows, int columns, int depth, float[] start, int s0, int startRow, int startColumn) {
    if (rows == 0) return;
    packed = PackedLeft.pays(columns, leftRow, leftDepth);
    if (packed) {
      for (int i = 0; i < rows; i += PackedLeft.ROWS_TOGETHER) {
        passes(i, Math.min(PackedLeft.ROWS_TOGETHER, rows - i), columns, depth, start, s0 + i * startRow, startRow, startColumn);
      }
      return;
    }
    float[] a = left;
    int a0 = left0;
    int aRow = leftRow;
    int aDepth = leftDepth;
    if (rows < ROWS) padLeft(rows, depth);
    passes(0, rows, columns, depth, start, s0, startRow, startColumn);
    left(a, a0, aRow, aDepth);
  }

  /// Some rows, from `first` on.
  private void passes(int first, int rows, int columns, int depth, float[] start, int s0, int startRow, int startColumn) {
    int a0 = left0 + first * leftRow;
    int c0 = result0 + first * resultRow;
    int p = 0;
    do { // once even where the depth is 0: C is overwritten then
      int pass = Math.min(DEPTH, depth - p);
      boolean more = p > 0;
      if (packed) packedLeft.pack(rows, pass, left, a0 + p * leftDepth, leftRow, leftDepth);
      for (int j = 0; j < columns; j += COLUMNS) {
        int width = Math.min(COLUMNS, columns - j);
        int panel = right0 + j / COLUMNS * rightPanel + p * rightRow;
        if (more) columnOfTiles(rows, width, pass, a0 + p * leftDepth, panel, c0 + j, result, c0 + j, resultRow);
        else
          columnOfTiles(rows, width, pass, a0 + p * leftDepth, panel, c0 + j, start, s0 + j * startColumn, startRow);
      }
      p += DEPTH;
    } while (p < depth);
  }

  private void columnOfTiles(int rows, int width, int depth, int a0, int panel, int c0, float[] start, int s0, int startRow) {
    int whole = width == COLUMNS ? rows - rows % ROWS : 0;
    for (int i = 0; i < whole; i += ROWS) {
      tile(i, depth, a0, panel, start, s0 + i * startRow, startRow, result, c0 + i * resultRow, resultRow);
    }
    for (int i = whole; i < rows; i += ROWS) edge(i, rows, width, depth, a0, panel, c0, start, s0, startRow);
  }

  /// A tile that reaches over the edge of C, on a copy. Where rows are missing below, it begins higher, with rows that another
  /// tile writes.
  private void edge(int row, int rows, int width, int depth, int a0, int panel, int c0, float[] start, int s0, int startRow) {
    int first = Math.max(0, Math.min(row, rows - ROWS));
    int last = Math.min(row + ROWS, rows);

    for (int i = row; i < last; i++) {
      System.arraycopy(start, s0 + i * startRow, edge, (i - first) * COLUMNS, width);
    }
    tile(first, depth, a0, panel, edge, 0, COLUMNS, edge, 0, COLUMNS);
    for (int i = row; i < last; i++) {
      System.arraycopy(edge, (i - first) * COLUMNS, result, c0 + i * resultRow, width);
    }
  }

  private void tile(int row, int depth, int a0, int panel, float[] start, int s0, int startRow, float[] c, int c0, int cRow) {
    if (packed) {
      PackedTile.multiply(depth, start, s0, startRow, packedLeft.rows(), row * PackedTile.ROW, right, panel, rightRow, c, c0,
          cRow);
    } else if (PackedTile.reads(leftRow, leftDepth)) {
      PackedTile.multiply(depth, start, s0, startRow, left, a0 + row * PackedTile.ROW, right, panel, rightRow, c, c0, cRow);
    } else if (ColumnTile.reads(leftRow)) {
      ColumnTile.multiply(depth, start, s0, startRow, left, a0 + row, leftDepth, right, panel, rightRow, c, c0, cRow);
    } else {
      GemmTile.multiply(depth, start, s0, startRow, left, a0 + row * leftRow, leftRow, leftDepth, right, panel, rightRow, c, c0,
          cRow);
    }
  }

  /// Puts rows of zeros below a left operand that has fewer rows than a tile.
  private void padLeft(int rows, int depth) {
    if (fewRows.length < depth * ROWS) fewRows = new float[depth * ROWS];
    for (int p = 0; p < depth; p++) {
      for (int i = 0; i < ROWS; i++) fewRows[p * ROWS + i] = i < rows ? left[left0 + i * leftRow + p * leftDepth] : 0;
    }
    left(fewRows, 0, 1, ROWS);
  }
}
