package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// NT-Xent of [SimdLoss]. The similarities s are computed in tiles of [#ROW_BLOCK] × [#COLUMN_BLOCK] that stay in the
/// second-level cache, forward and again backward; each part of the work takes a block of rows over all columns.
final class SimdNtXent {
  /// Rows of a tile; whole tiles of the micro-kernel at any width.
  private static final int ROW_BLOCK = 48;

  /// Columns of a tile; whole panels at any width.
  private static final int COLUMN_BLOCK = 512;

  private static final int SIMILARITY_PANELS = 0;
  private static final int ROW_PANELS = 1;
  private static final int TERMS = 2;
  private static final int TILE = 3;
  private static final int SECOND_TILE = 4;
  private static final int LANE_SUMS = 5;

  private final Workers workers;
  private final Scratch scratch = new Scratch(6);

  SimdNtXent(Workers workers) {
    this.workers = workers;
  }

  void forward(int pairs, int columns, float temperature, HeapStorage z, HeapStorage logSum, HeapStorage loss) {
    int rows = 2 * pairs;
    float[] panels = similarityPanels(rows, columns, temperature, z);
    float[] terms = scratch.floats(TERMS, rows); // logSum_i − s_i,p(i), each with all its digits
    workers.runRanges(rows, ROW_BLOCK, (from, to) -> {
      float[] tile = scratch.floats(TILE, ROW_BLOCK * COLUMN_BLOCK);
      float[] lanes = scratch.floats(LANE_SUMS, LANES);
      var sums = new RowSum[to - from];
      for (int i = from; i < to; i++) sums[i - from] = new RowSum(i, (i + pairs) % rows);
      for (int first = 0; first < rows; first += COLUMN_BLOCK) {
        int width = Math.min(COLUMN_BLOCK, rows - first);
        similarities(from, to - from, first, width, columns, z, panels, tile);
        for (int r = 0; r < to - from; r++) sums[r].shift(first, width, tile, r * width);
        Exponential.apply((to - from) * width, 1, tile, 0, tile, 0);
        for (int r = 0; r < to - from; r++) sums[r].others += RowLoops.sum(width, tile, r * width, lanes);
      }
      for (int i = from; i < to; i++) {
        logSum.array()[logSum.offset() + i] = (float) sums[i - from].logSum();
        terms[i] = (float) sums[i - from].term();
      }
    });
    PartialSums.add(rows, 1, 1f / rows, terms, 0, 1, loss.array(), loss.offset());
  }

  /// zᵀ/temperature in panels, so that a product with rows of z gives s.
  private float[] similarityPanels(int rows, int columns, float temperature, HeapStorage z) {
    float[] panels = scratch.floats(SIMILARITY_PANELS, GemmPanels.size(columns, rows));
    workers.run(GemmPanels.count(rows), panel -> {
      GemmPanels.packPanel(panel, columns, rows, z.array(), z.offset(), 1, columns, panels, 0);
      int size = columns * COLUMNS;
      ArrayLoops.scale(size, 1 / temperature, panels, panel * size, panels, panel * size);
    });
    return panels;
  }

  /// tile[r, c] = s of row `row + r` and column `first + c`; `rows` rows of `width` columns.
  private void similarities(int row, int rows, int first, int width, int columns, HeapStorage z, float[] panels,
      float[] tile) {
    GemmBlock.ofThread().left(z.array(), z.offset() + row * columns, columns, 1).right(panels, first * columns, columns)
        .result(tile, 0, width).multiply(rows, width, columns);
  }

  /// ln Σ e^s of one row, while its columns come in. The partner is kept apart from the others: where it dominates, as at the end
  /// of training, the term of the loss is ln(1 + others/partner), which has all its digits.
  private static final class RowSum {
    private final int row;
    private final int partnerRow;
    private double partner; // s of the partner
    private double max = Double.NEGATIVE_INFINITY; // of s over the others so far
    private double others; // Σ e^(s − max) over the others so far

    RowSum(int row, int partnerRow) {
      this.row = row;
      this.partnerRow = partnerRow;
    }

    /// Takes in the maximum of the next columns, and subtracts from them what is now the maximum of all. The row itself and its
    /// partner become −infinity, so that their exponential is 0.
    void shift(int first, int width, float[] s, int s0) {
      if (partnerRow >= first && partnerRow < first + width) {
        partner = s[s0 + partnerRow - first];
        s[s0 + partnerRow - first] = Float.NEGATIVE_INFINITY;
      }
      if (row >= first && row < first + width) s[s0 + row - first] = Float.NEGATIVE_INFINITY;
      float largest = RowLoops.max(width, s, s0);
      if (largest > max) {
        others *= Math.exp(max - largest);
        max = largest;
      }
      if (largest > Float.NEGATIVE_INFINITY) ArrayLoops.subtract(width, (float) max, s, s0, s, s0);
    }

    double logSum() {
      return partner + term();
    }

    /// logSum − s of the partner
    double term() {
      if (others == 0) return 0;
      return partner >= max
          ? Math.log1p(others * Math.exp(max - partner))
          : max - partner + Math.log(others + Math.exp(partner - max));
    }
  }

  void backward(int pairs, int columns, float temperature, HeapStorage z, HeapStorage logSum, HeapStorage dLoss, HeapStorage dZ) {
    int rows = 2 * pairs;
    float[] panels = similarityPanels(rows, columns, temperature, z);
    float[] rowPanels = scratch.floats(ROW_PANELS, GemmPanels.size(rows, columns));
    workers.run(GemmPanels.count(columns),
        panel -> GemmPanels.packPanel(panel, rows, columns, z.array(), z.offset(), columns, 1, rowPanels, 0));
    float factor = (float) (dLoss.array()[dLoss.offset()] / (rows * (double) temperature));
    workers.runRanges(rows, ROW_BLOCK, (from, to) -> {
      float[] tile = scratch.floats(TILE, ROW_BLOCK * COLUMN_BLOCK);
      int dZ0 = dZ.offset() + from * columns;
      for (int first = 0; first < rows; first += COLUMN_BLOCK) {
        int width = Math.min(COLUMN_BLOCK, rows - first);
        similarities(from, to - from, first, width, columns, z, panels, tile);
        weights(from, to - from, first, width, pairs, logSum, tile);
        GemmBlock product = GemmBlock.ofThread().left(tile, 0, width, 1)
            .right(rowPanels, first * COLUMNS, COLUMNS, rows * COLUMNS).result(dZ.array(), dZ0, columns);
        if (first == 0) product.multiply(to - from, columns, width);
        else
          product.multiplyAdd(to - from, columns, width);
      }
      ArrayLoops.scale((to - from) * columns, factor, dZ.array(), dZ0, dZ.array(), dZ0);
    });
  }

  /// Each s of the tile becomes p_ij + p_ji = e^(s − logSum_i) + e^(s − logSum_j), less 2 for the partner, and 0 for the row
  /// itself.
  private void weights(int row, int rows, int first, int width, int pairs, HeapStorage logSum, float[] tile) {
    float[] second = scratch.floats(SECOND_TILE, ROW_BLOCK * COLUMN_BLOCK);
    for (int r = 0; r < rows; r++) {
      ArrayLoops.subtract(width, tile, r * width, logSum.array(), logSum.offset() + first, second, r * width);
      ArrayLoops.subtract(width, logSum.array()[logSum.offset() + row + r], tile, r * width, tile, r * width);
    }
    Exponential.apply(rows * width, 1, tile, 0, tile, 0);
    Exponential.apply(rows * width, 1, second, 0, second, 0);
    ArrayLoops.addScaled(rows * width, 1, second, 0, tile, 0);
    for (int r = 0; r < rows; r++) {
      int own = row + r - first;
      int partner = (row + r + pairs) % (2 * pairs) - first;
      if (own >= 0 && own < width) tile[r * width + own] = 0;
      if (partner >= 0 && partner < width) tile[r * width + partner] -= 2;
    }
  }
}
