package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import java.util.Arrays;

/// The one form that a convolution and the gradient of its input share, series by series:
///
/// `y[t, o] = Σ_k Σ_c u[t·stride + k·dilation, c]·w[k, c, o]`, where row r of u is row (r − shift)/spread of the source, and 0
/// where there is none.
///
/// Forward, u is x with its padding. Backward, u is dY spread out by the stride, and w has its taps in reverse order and its
/// channels exchanged. Windows of u overlap in memory, so no column matrix is built: rows of the product begin `stride·channels`
/// floats apart.
///
/// @param sourceRows  samples of a source series
/// @param resultRows  samples of a result series
/// @param inChannels  channels of the source
/// @param outChannels channels of the result
/// @param kernel      taps
/// @param stride      rows of u from one window to the next
/// @param dilation    rows of u from one tap to the next
/// @param groups      groups of channels that do not mix, after merging
/// @param spread      rows of u from one source row to the next
/// @param shift       row of u where the source begins; negative where its front is left out
record Correlation(int sourceRows, int resultRows, int inChannels, int outChannels, int kernel, int stride, int dilation,
    int groups,
    int spread, int shift) {
  /// Result rows that one part of the work computes: what it reads stays in the second-level cache however long the series is.
  static final int BLOCK_ROWS = 256;

  static Correlation forward(Conv1dGeometry g) {
    return new Correlation(g.length(), g.outLength(), g.inChannels(), g.outChannels(), g.kernel(), g.stride(), g.dilation(),
        mergedGroups(g), 1, g.padding());
  }

  static Correlation backwardInput(Conv1dGeometry g) {
    return new Correlation(g.outLength(), g.length(), g.outChannels(), g.inChannels(), g.kernel(), 1, g.dilation(),
        mergedGroups(g),
        g.stride(), g.dilation() * (g.kernel() - 1) - g.padding());
  }

  /// Groups after narrow ones were merged, with zero weights between them, until they fill a tile: a tile takes the same time
  /// however few of its columns count.
  private static int mergedGroups(Conv1dGeometry g) {
    int widest = Math.max(g.groupInChannels(), g.groupOutChannels());
    for (int merged = g.groups(); merged > 1; merged--) {
      if (g.groups() % merged == 0 && merged * widest <= GemmTile.COLUMNS) return g.groups() / merged;
    }
    return g.groups();
  }

  /// Channels of the source in a group.
  int groupInChannels() {
    return inChannels / groups;
  }

  /// Channels of the result in a group.
  int groupOutChannels() {
    return outChannels / groups;
  }

  /// Taps that form one contiguous row of the product.
  int tapsTogether() {
    return dilation == 1 && groups == 1 ? kernel : 1;
  }

  /// Blocks of [#BLOCK_ROWS] result rows in a series, the last one shorter.
  int blocks() {
    return Math.ceilDiv(resultRows, BLOCK_ROWS);
  }

  /// Rows of the block that begins at result row `first`.
  int blockRows(int first) {
    return Math.min(BLOCK_ROWS, resultRows - first);
  }

  /// Rows of u that `rows` result rows see.
  private int windowRows(int rows) {
    return (rows - 1) * stride + dilation * (kernel - 1) + 1;
  }

  /// Floats of the copy that [#copyWindows] makes.
  long windowSize(int rows) {
    return (long) windowRows(rows) * inChannels;
  }

  /// First row of the source, spread out, that the windows of the result rows from `first` on see; before it begins if negative.
  int firstSeen(int first) {
    return first * stride - shift;
  }

  /// Whether the windows of `rows` result rows from `first` on see rows of the source alone, as they lie there.
  boolean readsSourceOnly(int first, int rows) {
    return spread == 1 && firstSeen(first) >= 0 && firstSeen(first) + windowRows(rows) <= sourceRows;
  }

  /// Copies what those windows see, with zeros where the source has no row.
  ///
  /// @param source holds the series, from `source0` on
  /// @param target Overwritten; [#windowSize] floats.
  void copyWindows(int first, int rows, float[] source, int source0, float[] target) {
    copyRows(firstSeen(first), windowRows(rows), source, source0, target);
  }

  /// Rows `begin` to `begin + count` of the source spread out, with zeros where it has none.
  ///
  /// @param source holds the series, from `source0` on
  /// @param target Overwritten; `[count, Cin]`.
  void copyRows(int begin, int count, float[] source, int source0, float[] target) {
    int from = Math.min(Math.ceilDiv(Math.max(begin, 0), spread), sourceRows);
    int to = Math.max(from, Math.min(sourceRows, Math.ceilDiv(begin + count, spread)));
    if (spread == 1) {
      int before = Math.clamp(from - begin, 0, count) * inChannels;
      int copied = (to - from) * inChannels;
      Arrays.fill(target, 0, before, 0);
      System.arraycopy(source, source0 + from * inChannels, target, before, copied);
      Arrays.fill(target, before + copied, count * inChannels, 0);
      return;
    }
    Arrays.fill(target, 0, count * inChannels, 0);
    for (int row = from; row < to; row++) {
      System.arraycopy(source, source0 + row * inChannels, target, (row * spread - begin) * inChannels, inChannels);
    }
  }
}
