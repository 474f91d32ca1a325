package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.AttentionTile.KEYS;
import static dev.anyrate.engine.kernel.simd.AttentionTile.QUERIES;

import dev.anyrate.engine.parallel.Scratch;
import java.util.Arrays;

/// The forward pass of [SimdAttention]: blocks of queries of one head, against all its keys.
final class AttentionForward {
  private static final int QUERY_PANELS = 0;
  private static final int TILE = 1;
  private static final int MAXIMUM = 2;
  private static final int SUM = 3;
  private static final int FACTOR = 4;
  private static final int VALUE_PANELS = 5;

  private final AttentionOperands in;
  private final Scratch scratch = new Scratch("attention", 6);

  AttentionForward(AttentionOperands in) {
    this.in = in;
  }

  /// Computes some blocks of queries, of [AttentionOperands#blocks] for each head.
  void run(int from, int to) {
    if (in.together() > 1) in.bringIn(from, 3, in.qkv()); // there head and block are one
    for (int block = from; block < to; block++) queries(block / in.blocks(), block % in.blocks() * QUERIES);
  }

  private void queries(int head, int first) {
    int queries = Math.min(QUERIES, in.length() - first);
    int keys = in.keys(head);
    float[] y = in.y().array();
    int y0 = in.result(in.y(), head) + first * in.width();
    int logSum0 = in.logSum().offset() + head * in.length() + first;
    if (keys == 0) {
      for (int i = 0; i < queries; i++) Arrays.fill(y, y0 + i * in.width(), y0 + i * in.width() + in.headSize(), 0);
      Arrays.fill(in.logSum().array(), logSum0, logSum0 + queries, 0);
      return;
    }
    int columns = AttentionTile.columns(queries);
    float[] maximum = scratch.floats(MAXIMUM, columns);
    float[] sum = scratch.floats(SUM, columns);
    Arrays.fill(maximum, 0, columns, Float.NEGATIVE_INFINITY);
    Arrays.fill(sum, 0, columns, 0);
    mix(head, first, queries, keys, maximum, sum, y, y0);
    for (int i = 0; i < queries; i++) {
      int row = y0 + i * in.width();
      ArrayLoops.scale(in.headSize(), 1 / sum[i], y, row, y, row);
      in.logSum().array()[logSum0 + i] = maximum[i] / Exponential.LOG2_E + (float) Math.log(sum[i]);
    }
  }

  /// y = Σ_j 2^(t_ij − maximum_i)·v_j, and the sum of these weights, with t = s·log₂ e: base 2 takes half the time.
  private void mix(int head, int first, int queries, int keys, float[] maximum, float[] sum, float[] y,
      int y0) {
    int size = in.headSize();
    int columns = AttentionTile.columns(queries);
    int query0 = in.query(in.qkv(), head);
    int key0 = query0 + in.width();
    int value0 = key0 + in.width();
    float[] x = in.qkv().array();
    float[] queryPanels = scratch.floats(QUERY_PANELS, (long) size * columns);
    GemmPanels.pack(size, queries, x, query0 + first * in.stride(), 1, in.stride(), queryPanels, 0);
    ArrayLoops.scale(size * columns, in.scale() * Exponential.LOG2_E, queryPanels, 0, queryPanels, 0);
    int row = PackedTile.distance(columns);
    float[] tile = scratch.floats(TILE, KEYS * row);
    float[] factor = scratch.floats(FACTOR, columns);
    float[] valuePanels = scratch.floats(VALUE_PANELS, GemmPanels.size(KEYS, size));
    GemmBlock product = GemmBlock.ofThread();
    for (int j = 0; j < keys; j += KEYS) {
      int count = Math.min(KEYS, keys - j);
      product.left(x, key0 + j * in.stride(), in.stride(), 1).right(queryPanels, 0, size).result(tile, 0, row)
          .multiply(count, columns, size);
      AttentionTile.raiseMaxima(count, columns, tile, maximum, factor);
      Exponential.powersOfTwo(columns, 1, 0, factor, 0, factor, 0);
      Exponential.powersOfTwo(count, columns, tile, row, maximum);
      AttentionTile.addColumns(count, columns, tile, factor, sum);
      if (j > 0) {
        for (int i = 0; i < queries; i++) {
          int yRow = y0 + i * in.width();
          if (factor[i] != 1) ArrayLoops.scale(size, factor[i], y, yRow, y, yRow);
        }
      }
      product.left(tile, 0, 1, row).rightRows(count, size, x, value0 + j * in.stride(), in.stride(), valuePanels)
          .result(y, y0, in.width());
      if (j > 0) product.multiplyAdd(queries, size, count);
      else
        product.multiply(queries, size, count);
    }
  }
}
