package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.AttentionTile.KEYS;
import static dev.anyrate.engine.kernel.simd.AttentionTile.QUERIES;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import java.util.Arrays;

/// The backward pass of [SimdAttention]: one head. The gradients of keys and values are sums over all queries, so the blocks of a head are
/// one part, in order.
final class AttentionBackward {
  private static final int QUERY_PANELS = 0;
  private static final int GRADIENT_PANELS = 1;
  private static final int WEIGHTS = 2;
  private static final int SCORES = 3;
  private static final int LOG_SUM = 4;
  private static final int MINUS_MEAN = 5;
  private static final int LANE_SUMS = 6;
  private static final int RIGHT_QUERIES = 7;
  private static final int RIGHT_GRADIENTS = 8;
  private static final int RIGHT_KEYS = 9;

  private final AttentionOperands in;
  private final Scratch scratch = new Scratch("attention", 10);

  private HeapStorage dY;
  private HeapStorage dQkv;

  AttentionBackward(AttentionOperands in) {
    this.in = in;
  }

  /// @param dY   gradient of the result
  /// @param dQkv overwritten
  void set(HeapStorage dY, HeapStorage dQkv) {
    this.dY = dY;
    this.dQkv = dQkv;
  }

  /// Computes the gradients of some heads, counted over all series.
  void run(int from, int to) {
    if (in.together() > 1) {
      in.bringIn(from, 3, in.qkv());
      in.bringIn(from, 3, dQkv);
      in.bringIn(from, 1, in.y());
      in.bringIn(from, 1, dY);
    }
    for (int head = from; head < to; head++) head(head);
  }

  private void head(int head) {
    int keys = in.keys(head);
    int query0 = in.query(dQkv, head);
    clear(keys == 0 ? 0 : in.length(), query0, dQkv.array());
    clear(keys, query0 + in.width(), dQkv.array());
    clear(keys, query0 + 2 * in.width(), dQkv.array());
    if (keys == 0) return;
    for (int first = 0; first < in.length(); first += QUERIES) {
      queries(head, first, Math.min(QUERIES, in.length() - first), keys);
    }
  }

  /// Zeros in the rows of a head from row `from` on.
  private void clear(int from, int row0, float[] dX) {
    for (int t = from; t < in.length(); t++) {
      int row = row0 + t * in.stride();
      Arrays.fill(dX, row, row + in.headSize(), 0);
    }
  }

  /// The share of a block of queries.
  private void queries(int head, int first, int queries, int keys) {
    int size = in.headSize();
    int stride = in.stride();
    int columns = AttentionTile.columns(queries);
    float[] x = in.qkv().array();
    float[] dX = dQkv.array();
    int query0 = in.query(in.qkv(), head) + first * stride;
    int key0 = in.query(in.qkv(), head) + in.width();
    int value0 = key0 + in.width();
    int dQuery0 = in.query(dQkv, head) + first * stride;
    int dKey0 = in.query(dQkv, head) + in.width();
    int dValue0 = dKey0 + in.width();
    int dY0 = in.result(dY, head) + first * in.width();

    float[] queryPanels = transposed(QUERY_PANELS, queries, size, x, query0, stride);
    ArrayLoops.scale(size * columns, in.scale() * Exponential.LOG2_E, queryPanels, 0, queryPanels, 0);
    float[] gradientPanels = transposed(GRADIENT_PANELS, queries, size, dY.array(), dY0, in.width());
    ArrayLoops.scale(size * columns, in.scale(), gradientPanels, 0, gradientPanels, 0);
    float[] rightQueries = scratch.floats(RIGHT_QUERIES, GemmPanels.size(queries, size));
    float[] rightGradients = scratch.floats(RIGHT_GRADIENTS, GemmPanels.size(queries, size));
    float[] rightKeys = scratch.floats(RIGHT_KEYS, GemmPanels.size(KEYS, size));
    float[] logSum = scratch.floats(LOG_SUM, columns);
    Arrays.fill(logSum, queries, columns, 0);
    int logSum0 = in.logSum().offset() + head * in.length() + first;
    ArrayLoops.scale(queries, Exponential.LOG2_E, in.logSum().array(), logSum0, logSum, 0);
    float[] minusMean = minusMeans(dY0, in.result(in.y(), head) + first * in.width(), queries, columns);
    int tileRow = PackedTile.distance(columns);
    float[] weights = scratch.floats(WEIGHTS, KEYS * tileRow);
    float[] scores = scratch.floats(SCORES, KEYS * tileRow);
    GemmBlock product = GemmBlock.ofThread();
    for (int j = 0; j < keys; j += KEYS) {
      int count = Math.min(KEYS, keys - j);
      int row = j * stride;
      // p = e^(q·k/√d − logSum), as a power of two
      product.left(x, key0 + row, stride, 1).right(queryPanels, 0, size).result(weights, 0, tileRow).multiply(count, columns,
          size);
      Exponential.powersOfTwo(count, columns, weights, tileRow, logSum);
      // dV = Σ p·dY
      product.left(weights, 0, tileRow, 1).rightRows(queries, size, dY.array(), dY0, in.width(), rightGradients)
          .result(dX, dValue0 + row, stride);
      multiply(product, first > 0, count, size, queries);
      // (dP − D)/√d = (dY·v − D)/√d, dS = p·(dP − D)/√d
      product.left(x, value0 + row, stride, 1).right(gradientPanels, 0, size).result(scores, 0, tileRow)
          .multiplyAddBias(count, columns, size, minusMean, 0);
      AttentionTile.product(count, columns, weights, scores);
      // dK = Σ dS·q, dQ = Σ dS·k
      product.left(scores, 0, tileRow, 1).rightRows(queries, size, x, query0, stride, rightQueries)
          .result(dX, dKey0 + row, stride);
      multiply(product, first > 0, count, size, queries);
      product.left(scores, 0, 1, tileRow).rightRows(count, size, x, key0 + row, stride, rightKeys).result(dX, dQuery0, stride);
      multiply(product, j > 0, queries, size, count);
    }
  }

  private static void multiply(GemmBlock product, boolean add, int rows, int columns, int depth) {
    if (add) product.multiplyAdd(rows, columns, depth);
    else
      product.multiply(rows, columns, depth);
  }

  /// −D/√d = −Σ dY·y/√d for each query; 0 in the columns behind them.
  private float[] minusMeans(int dY0, int y0, int queries, int columns) {
    float[] minusMean = scratch.floats(MINUS_MEAN, columns);
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    for (int i = 0; i < queries; i++) {
      minusMean[i] = -in.scale()
          * RowLoops.dot(in.headSize(), dY.array(), dY0 + i * in.width(), in.y().array(), y0 + i * in.width(), lanes);
    }
    Arrays.fill(minusMean, queries, columns, 0);
    return minusMean;
  }

  /// A right operand whose columns are rows of `x`.
  private float[] transposed(int slot, int rows, int size, float[] x, int x0, int stride) {
    float[] panels = scratch.floats(slot, GemmPanels.size(size, rows));
    GemmPanels.pack(size, rows, x, x0, 1, stride, panels, 0);
    return panels;
  }
}
