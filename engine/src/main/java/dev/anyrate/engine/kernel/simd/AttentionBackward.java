package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.AttentionTile.KEYS;
import static dev.anyrate.engine.kernel.simd.AttentionTile.QUERIES;
import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
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
  private static final int MEAN = 5;
  private static final int LANE_SUMS = 6;
  private static final int RIGHT_QUERIES = 7;
  private static final int RIGHT_GRADIENTS = 8;
  private static final int RIGHT_KEYS = 9;

  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(10);

  /// Computes the gradients of one head, counted over all series.
  void run(AttentionOperands in, HeapStorage dY, HeapStorage dQkv, int head) {
    int keys = in.keys(head);
    int query0 = in.query(dQkv, head);
    clear(in, keys == 0 ? 0 : in.length(), query0, dQkv.array());
    clear(in, keys, query0 + in.width(), dQkv.array());
    clear(in, keys, query0 + 2 * in.width(), dQkv.array());
    if (keys == 0) return;
    for (int first = 0; first < in.length(); first += QUERIES) {
      queries(in, dY, dQkv, head, first, Math.min(QUERIES, in.length() - first), keys);
    }
  }

  /// Zeros in the rows of a head from row `from` on.
  private static void clear(AttentionOperands in, int from, int row0, float[] dX) {
    for (int t = from; t < in.length(); t++) {
      int row = row0 + t * in.stride();
      Arrays.fill(dX, row, row + in.headSize(), 0);
    }
  }

  /// The share of a block of queries.
  private void queries(AttentionOperands in, HeapStorage dY, HeapStorage dQkv, int head, int first, int queries, int keys) {
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

    GemmPanels queryPanels = transposed(QUERY_PANELS, queries, size, x, query0, stride);
    ArrayLoops.scale(size * columns, in.scale(), queryPanels.array(), 0, queryPanels.array(), 0);
    GemmPanels gradientPanels = transposed(GRADIENT_PANELS, queries, size, dY.array(), dY0, in.width());
    GemmPanels rightQueries = rowMajor(RIGHT_QUERIES, queries, size, x, query0, stride);
    GemmPanels rightGradients = rowMajor(RIGHT_GRADIENTS, queries, size, dY.array(), dY0, in.width());
    float[] logSum = scratch.floats(LOG_SUM, columns);
    Arrays.fill(logSum, queries, columns, 0);
    System.arraycopy(in.logSum().array(), in.logSum().offset() + head * in.length() + first, logSum, 0, queries);
    float[] mean = means(in, dY, dY0, in.result(in.y(), head) + first * in.width(), queries, columns);
    float[] weights = scratch.floats(WEIGHTS, KEYS * columns);
    float[] scores = scratch.floats(SCORES, KEYS * columns);
    var weightRows = new Rows(weights, 0, columns, 1);
    var scoreRows = new Rows(scores, 0, columns, 1);
    var scoreColumns = new Rows(scores, 0, 1, columns);
    for (int j = 0; j < keys; j += KEYS) {
      int count = Math.min(KEYS, keys - j);
      int row = j * stride;
      // p = e^(q·k/√d − logSum)
      block.multiply(count, columns, size, new Rows(x, key0 + row, stride, 1), queryPanels, new Result(weights, 0, columns),
          false);
      AttentionTile.subtract(count, columns, weights, logSum);
      Exponential.apply(count * columns, 1, weights, 0, weights, 0);
      // dV = Σ p·dY
      block.multiply(count, size, queries, weightRows, rightGradients, new Result(dX, dValue0 + row, stride), first > 0);
      // dP = dY·v, dS = p·(dP − D)/√d
      block.multiply(count, columns, size, new Rows(x, value0 + row, stride, 1), gradientPanels, new Result(scores, 0, columns),
          false);
      AttentionTile.scoreGradient(count, columns, weights, scores, mean, in.scale());
      // dK = Σ dS·q, dQ = Σ dS·k
      block.multiply(count, size, queries, scoreRows, rightQueries, new Result(dX, dKey0 + row, stride), first > 0);
      block.multiply(queries, size, count, scoreColumns, rowMajor(RIGHT_KEYS, count, size, x, key0 + row, stride),
          new Result(dX, dQuery0, stride), j > 0);
    }
  }

  /// D = Σ dY·y for each query; 0 in the columns behind them.
  private float[] means(AttentionOperands in, HeapStorage dY, int dY0, int y0, int queries, int columns) {
    float[] mean = scratch.floats(MEAN, columns);
    float[] lanes = scratch.floats(LANE_SUMS, LANES);
    for (int i = 0; i < queries; i++) {
      mean[i] = RowLoops.dot(in.headSize(), dY.array(), dY0 + i * in.width(), in.y().array(), y0 + i * in.width(), lanes);
    }
    Arrays.fill(mean, queries, columns, 0);
    return mean;
  }

  /// A right operand whose columns are rows of `x`.
  private GemmPanels transposed(int slot, int rows, int size, float[] x, int x0, int stride) {
    GemmPanels panels = GemmPanels.packed(scratch.floats(slot, GemmPanels.size(size, rows)), size);
    panels.pack(size, rows, x, x0, 1, stride);
    return panels;
  }

  /// A right operand whose rows are rows of `x`: read where it is if it has whole panels.
  private GemmPanels rowMajor(int slot, int rows, int size, float[] x, int x0, int stride) {
    if (size % COLUMNS == 0) return GemmPanels.plain(x, x0, stride);
    GemmPanels panels = GemmPanels.packed(scratch.floats(slot, GemmPanels.size(rows, size)), rows);
    panels.pack(rows, size, x, x0, stride, 1);
    return panels;
  }
}
