package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// The matrix s_ij = z_i·z_j/temperature of NT-Xent, of which only tiles of [#BLOCK] × [#BLOCK] ever exist. They hold the products
/// z_i·z_j; who takes their exponential divides by the temperature.
///
/// One object serves call after call, so that a call allocates nothing.
final class SimilarityMatrix {
  /// Rows and columns of a tile: whole panels at any width. Larger ones make the diagonal, of which half is computed twice, a larger
  /// share; smaller ones make the products shallower. 128 to 192 were equal, 256 slower by 4 % at 1,024 pairs.
  static final int BLOCK = 192;

  /// Floats from one row of a tile to the next: a vector more than the width, so that the rows of a column do not share a set of the
  /// first-level cache.
  static final int STRIDE = BLOCK + LANES;

  /// Between the largest and the smallest s: e^-80 is still a normal float, so sums of e^(s − largest) keep all their digits.
  private static final float RANGE = 80;

  private static final int PANELS = 0;
  private static final int ROW_PANELS = 1;
  private static final int TILE = 2;
  private static final int LANE_SUMS = 3;

  private final Workers workers;
  private final Scratch scratch = new Scratch(4);
  private final Workers.Part packPanel = this::packPanel;
  private final Workers.Part packRowPanel = this::packRowPanel;

  private int pairs;
  private int rows;
  private int columns;
  private float temperature;
  private double largest;
  private float[] z;
  private int z0;
  private float[] panels; // of zᵀ, the right side of the products
  private float[] rowPanels; // of z, the right side of the gradients
  private int rowPanels0;
  private int rowPanelsRow; // floats from row to row of a panel
  private int rowPanelsStride; // and from panel to panel

  SimilarityMatrix(Workers workers) {
    this.workers = workers;
  }

  /// Takes up the matrix of these rows.
  void of(int pairs, int columns, float temperature, HeapStorage z) {
    this.pairs = pairs;
    this.rows = 2 * pairs;
    this.columns = columns;
    this.temperature = temperature;
    this.z = z.array();
    this.z0 = z.offset();
    this.largest = largestSquare() / temperature;
    panels = scratch.floats(PANELS, GemmPanels.size(columns, rows));
    workers.run(GemmPanels.count(rows), packPanel);
  }

  /// By the inequality of Cauchy and Schwarz no product of two rows is larger than the largest of a row with itself.
  private double largestSquare() {
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    float largest = 0;
    for (int i = 0; i < rows; i++) {
      int row0 = z0 + i * columns;
      largest = Math.max(largest, RowLoops.dot(columns, z, row0, z, row0, lanes));
    }
    return largest;
  }

  private void packPanel(int panel) {
    GemmPanels.packPanel(panel, columns, rows, z, z0, 1, columns, panels, 0);
  }

  /// Makes z the right side of [#addWeightedRows]: where it is, or packed where its columns are no whole panels.
  void packRows() {
    if (columns % COLUMNS == 0) {
      rowPanels = z;
      rowPanels0 = z0;
      rowPanelsRow = columns;
      rowPanelsStride = COLUMNS;
      return;
    }
    rowPanels = scratch.floats(ROW_PANELS, GemmPanels.size(rows, columns));
    rowPanels0 = 0;
    rowPanelsRow = COLUMNS;
    rowPanelsStride = rows * COLUMNS;
    workers.run(GemmPanels.count(columns), packRowPanel);
  }

  private void packRowPanel(int panel) {
    GemmPanels.packPanel(panel, rows, columns, z, z0, columns, 1, rowPanels, 0);
  }

  /// The products of the rows of two blocks, in this thread's one tile. Element [r, c] is at `r·STRIDE + c`.
  float[] tile(int rowBlock, int columnBlock) {
    float[] tile = scratch.floats(TILE, BLOCK * STRIDE);
    GemmBlock.ofThread().left(z, z0 + start(rowBlock) * columns, columns, 1).right(panels, start(columnBlock) * columns, columns)
        .result(tile, 0, STRIDE).multiply(size(rowBlock), size(columnBlock), columns);
    return tile;
  }

  /// One row of a tile becomes e^(s − largest). For a [#bounded()] matrix only.
  void exponentials(int columnBlock, float[] tile, int row0) {
    int wholeVectors = Math.ceilDiv(size(columnBlock), LANES) * LANES; // behind the last column is room, and nothing of meaning
    float log2E = Exponential.LOG2_E;
    Exponential.powersOfTwo(wholeVectors, log2E / temperature, (float) (-largest * log2E), tile, row0, tile, row0);
  }

  /// dZ_i (= or +=) Σ_j tile_ij·z_j over the rows i and j of two blocks.
  void weightedRows(int rowBlock, int columnBlock, float[] tile, HeapStorage dZ, boolean add) {
    GemmBlock product = weighted(columnBlock, rowBlock, dZ).left(tile, 0, STRIDE, 1);
    if (add) product.multiplyAdd(size(rowBlock), columns, size(columnBlock));
    else
      product.multiply(size(rowBlock), columns, size(columnBlock));
  }

  /// dZ_j += Σ_i tile_ij·z_i over the rows i and j of two blocks: the same tile, transposed.
  void addWeightedColumns(int rowBlock, int columnBlock, float[] tile, HeapStorage dZ) {
    weighted(rowBlock, columnBlock, dZ).left(tile, 0, 1, STRIDE).multiplyAdd(size(columnBlock), columns, size(rowBlock));
  }

  /// A product of weights with the rows of one block, for the gradients of another.
  private GemmBlock weighted(int block, int ofBlock, HeapStorage dZ) {
    return GemmBlock.ofThread().right(rowPanels, rowPanels0 + start(block) * rowPanelsRow, rowPanelsRow, rowPanelsStride)
        .result(dZ.array(), dZ.offset() + start(ofBlock) * columns, columns);
  }

  /// Whether one number, [#largest()], can be subtracted from every s before the exponential: no exponential then overflows or loses
  /// digits to underflow, and no running maximum is needed. Rows of unit length have it from a temperature of 0.025 on. False where a
  /// number is not finite.
  boolean bounded() {
    return 2 * largest <= RANGE;
  }

  /// No s is larger.
  double largest() {
    return largest;
  }

  /// What a product is multiplied by to give s.
  float factor() {
    return 1 / temperature;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /// Blocks of rows.
  int blocks() {
    return Math.ceilDiv(rows, BLOCK);
  }

  /// First row of a block.
  int start(int block) {
    return block * BLOCK;
  }

  /// Rows of a block.
  int size(int block) {
    return Math.min(BLOCK, rows - start(block));
  }

  /// The row of the other view of the same series.
  int partner(int row) {
    return row < pairs ? row + pairs : row - pairs;
  }
}
