package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.AttentionTile.KEYS;
import static dev.anyrate.engine.kernel.simd.AttentionTile.QUERIES;
import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
import dev.anyrate.engine.parallel.Scratch;
import java.util.Arrays;

/// The forward pass of [SimdAttention]: one block of queries of one head, against all its keys.
final class AttentionForward {
  private static final int QUERY_PANELS = 0;
  private static final int TILE = 1;
  private static final int MAXIMUM = 2;
  private static final int SUM = 3;
  private static final int FACTOR = 4;
  private static final int VALUE_PANELS = 5;

  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(6);

  /// Parts of a head.
  static int blocks(int length) {
    return Math.ceilDiv(length, QUERIES);
  }

  /// Computes one part, of `blocks(length)` for each head.
  void run(AttentionOperands in, int part) {
    int blocks = blocks(in.length());
    int head = part / blocks;
    int first = part % blocks * QUERIES;
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
    mix(in, head, first, queries, keys, maximum, sum, y, y0);
    for (int i = 0; i < queries; i++) {
      int row = y0 + i * in.width();
      ArrayLoops.scale(in.headSize(), 1 / sum[i], y, row, y, row);
      in.logSum().array()[logSum0 + i] = maximum[i] + (float) Math.log(sum[i]);
    }
  }

  /// y = Σ_j e^(s_ij − maximum_i)·v_j, and the sum of these weights.
  private void mix(AttentionOperands in, int head, int first, int queries, int keys, float[] maximum, float[] sum, float[] y,
      int y0) {
    int size = in.headSize();
    int columns = AttentionTile.columns(queries);
    int query0 = in.query(in.qkv(), head);
    int key0 = query0 + in.width();
    int value0 = key0 + in.width();
    float[] x = in.qkv().array();
    GemmPanels queryPanels = GemmPanels.packed(scratch.floats(QUERY_PANELS, size * columns), size);
    queryPanels.pack(size, queries, x, query0 + first * in.stride(), 1, in.stride());
    ArrayLoops.scale(size * columns, in.scale(), queryPanels.array(), 0, queryPanels.array(), 0);
    float[] tile = scratch.floats(TILE, KEYS * columns);
    float[] factor = scratch.floats(FACTOR, columns);
    for (int j = 0; j < keys; j += KEYS) {
      int count = Math.min(KEYS, keys - j);
      block.multiply(count, columns, size, new Rows(x, key0 + j * in.stride(), in.stride(), 1), queryPanels,
          new Result(tile, 0, columns), false);
      AttentionTile.subtractMaxima(count, columns, tile, maximum, factor);
      Exponential.apply(columns, 1, factor, 0, factor, 0);
      Exponential.apply(count * columns, 1, tile, 0, tile, 0);
      AttentionTile.addColumns(count, columns, tile, factor, sum);
      if (j > 0) {
        for (int i = 0; i < queries; i++) {
          int row = y0 + i * in.width();
          if (factor[i] != 1) ArrayLoops.scale(size, factor[i], y, row, y, row);
        }
      }
      block.multiply(queries, size, count, new Rows(tile, 0, 1, columns), rowMajor(x, value0 + j * in.stride(), count, size, in),
          new Result(y, y0, in.width()), j > 0);
    }
  }

  /// The right operand that is rows of a head: read where it is if it has whole panels.
  private GemmPanels rowMajor(float[] x, int x0, int rows, int size, AttentionOperands in) {
    if (size % COLUMNS == 0) return GemmPanels.plain(x, x0, in.stride());
    GemmPanels panels = GemmPanels.packed(scratch.floats(VALUE_PANELS, GemmPanels.size(rows, size)), rows);
    panels.pack(rows, size, x, x0, in.stride(), 1);
    return panels;
  }
}
