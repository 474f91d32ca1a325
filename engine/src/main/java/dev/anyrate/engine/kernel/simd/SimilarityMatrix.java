package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// The matrix s_ij = z_i·z_j/temperature of NT-Xent, of which only tiles of [#BLOCK] × [#BLOCK] ever exist. They hold the products
/// z_i·z_j; who takes their exponential divides by the temperature.
///
/// The rows z_i = x_i/norm_i of unit length are kept once, transposed, as the right side of all products. As rows they are made again from x, a block at
/// a time: a product has [#BLOCK] multiplications for each number of it.
///
/// One object serves call after call, so that a call allocates nothing.
final class SimilarityMatrix {
  /// Rows and columns of a tile: whole panels at any width. Larger ones make the diagonal, of which half is computed twice, a larger
  /// share; smaller ones make the products shallower. 128 to 192 were equal, 256 slower by 4 % at 1,024 pairs.
  static final int BLOCK = 192;

  /// Floats from one row of a tile to the next: more than the width, so that the rows of a column do not share a set of the first-level cache, and that products read a
  /// tile where it lies.
  static final int STRIDE = Math.max(BLOCK + LANES, PackedTile.distance(BLOCK));

  /// Between the largest and the smallest s: e^-80 is still a normal float, so sums of e^(s − largest) keep all their digits.
  private static final float RANGE = 80;

  private static final int PANELS = 0;
  private static final int TILE = 1;
  private static final int ROWS_OF_TILE = 2;
  private static final int COLUMNS_OF_TILE = 3;

  private final Workers workers;
  private final Scratch scratch = new Scratch("nt-xent", 4);
  private final Workers.Part packPanel = this::packPanel;

  private int pairs;
  private int rows;
  private int columns;
  private float temperature;
  private double largest;
  private HeapStorage x;
  private HeapStorage norm;
  private float[] panels; // of zᵀ

  SimilarityMatrix(Workers workers) {
    this.workers = workers;
  }

  /// Takes up the matrix of these rows.
  ///
  /// @param norm of each row of x
  void of(int pairs, int columns, float temperature, HeapStorage x, HeapStorage norm) {
    this.pairs = pairs;
    this.rows = 2 * pairs;
    this.columns = columns;
    this.temperature = temperature;
    this.x = x;
    this.norm = norm;
    this.largest = normsAreFinite() ? 1 / (double) temperature : Double.POSITIVE_INFINITY;
    panels = scratch.floats(PANELS, GemmPanels.size(columns, rows));
    workers.run(GemmPanels.count(rows), packPanel);
  }

  private boolean normsAreFinite() {
    for (int i = 0; i < rows; i++) {
      if (!Float.isFinite(norm(i))) return false;
    }
    return true;
  }

  private void packPanel(int panel) {
    int first = panel * COLUMNS;
    int count = Math.min(COLUMNS, rows - first);
    float[] unit = unitRows(ROWS_OF_TILE, first, count);
    GemmPanels.packPanel(0, columns, count, unit, 0, 1, unitStride(), panels, first * columns);
  }

  /// Some rows z, beside each other in this thread's space for the rows or for the columns of a tile, [#unitStride()] floats apart.
  private float[] unitRows(int slot, int first, int count) {
    int stride = unitStride();
    float[] unit = scratch.floats(slot, (long) BLOCK * stride);
    for (int r = 0; r < count; r++) {
      int unit0 = r * stride;
      ArrayLoops.scale(columns, 1 / norm(first + r), x.array(), x.offset() + (first + r) * columns, unit, unit0);
      Arrays.fill(unit, unit0 + columns, unit0 + unitWidth(), 0);
    }
    return unit;
  }

  /// Whole panels, as a right side is read.
  private int unitWidth() {
    return GemmPanels.count(columns) * COLUMNS;
  }

  /// As [#STRIDE], for the same reasons.
  private int unitStride() {
    return Math.max(unitWidth() + LANES, PackedTile.distance(unitWidth()));
  }

  /// The products of the rows of two blocks, in this thread's one tile. Element [r, c] is at `r·STRIDE + c`.
  float[] tile(int rowBlock, int columnBlock) {
    float[] tile = scratch.floats(TILE, BLOCK * STRIDE);
    GemmBlock.ofThread().left(unitRows(ROWS_OF_TILE, start(rowBlock), size(rowBlock)), 0, unitStride(), 1)
        .right(panels, start(columnBlock) * columns, columns).result(tile, 0, STRIDE)
        .multiply(size(rowBlock), size(columnBlock), columns);
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
    float[] unit = unitRows(COLUMNS_OF_TILE, start(columnBlock), size(columnBlock));
    GemmBlock product = weighted(unit, rowBlock, dZ).left(tile, 0, STRIDE, 1);
    if (add) product.multiplyAdd(size(rowBlock), columns, size(columnBlock));
    else
      product.multiply(size(rowBlock), columns, size(columnBlock));
  }

  /// dZ_j += Σ_i tile_ij·z_i over the rows i and j of two blocks: the same tile, transposed. The rows i are those from which [#tile], called before by this thread, made
  /// the tile.
  void addWeightedColumns(int rowBlock, int columnBlock, float[] tile, HeapStorage dZ) {
    weighted(scratch.floats(ROWS_OF_TILE, 0), columnBlock, dZ).left(tile, 0, 1, STRIDE)
        .multiplyAdd(size(columnBlock), columns, size(rowBlock));
  }

  /// A product of weights with rows of unit length, for the gradients of a block.
  private GemmBlock weighted(float[] unit, int ofBlock, HeapStorage dZ) {
    return GemmBlock.ofThread().right(unit, 0, unitStride(), COLUMNS)
        .result(dZ.array(), dZ.offset() + start(ofBlock) * columns, columns);
  }

  /// dZ of a block becomes dX = factor·(dZ − z·Σ dZ·z)/norm: what lies along z changes only the length of x, which does not count, but for a length below epsilon, by which nothing
  /// was divided.
  void throughNorm(int block, float epsilon, float factor, float[] lanes, HeapStorage dZ) {
    int stride = unitStride();
    float[] unit = unitRows(ROWS_OF_TILE, start(block), size(block));
    for (int r = 0; r < size(block); r++) {
      int dZ0 = dZ.offset() + (start(block) + r) * columns;
      float length = norm(start(block) + r);
      float scale = factor / length;
      float along = length <= epsilon ? 0 : RowLoops.dot(columns, dZ.array(), dZ0, unit, r * stride, lanes);
      ArrayLoops.weightedSum(columns, scale, dZ.array(), dZ0, -along * scale, unit, r * stride, dZ.array(), dZ0);
    }
  }

  private float norm(int row) {
    return norm.array()[norm.offset() + row];
  }

  /// Whether one number, [#largest()], can be subtracted from every s before the exponential: no exponential then overflows or loses
  /// digits to underflow, and no running maximum is needed. So it is from a temperature of 0.025 on. False where a number is not finite.
  boolean bounded() {
    return 2 * largest <= RANGE;
  }

  /// No s is larger, but for rounding: by the inequality of Cauchy and Schwarz no product of two rows of unit length is above 1.
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
