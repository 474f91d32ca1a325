package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// The gradient of convolution weights by [Winograd]: `dw = Gᵀ Σ_tiles (A·dy) ⊙ (Bᵀ·u)`. For each point, the sum over the tiles of
/// some blocks is one matrix product `[Cin, tiles]·[tiles, Cout]`; Gᵀ comes last, once.
final class WinogradWeightGradient {
  /// Tiles that form the depth of one product, of as many blocks as it takes: with 32, reading and writing the sum takes as long as
  /// a quarter of the multiplications (1.37 of the FMA peak against 1.48 with 128, at 128 channels and 3 taps).
  private static final int TILES_TOGETHER = 128;

  private static final int SEEN = 0;
  private static final int PLANES = 1;
  private static final int GRADIENTS = 2;
  private static final int D_Y = 3;

  private final Workers workers;
  private final BlockSums sums;
  private final Scratch scratch = new Scratch("conv1d", 4);
  private final Workers.Part toTaps = this::toTaps;

  private WinogradTiling tiling;
  private float[] x;
  private int x0;
  private float[] dY;
  private int dY0;
  private float[] dWeight;
  private int dWeight0;
  private float[] total;

  WinogradWeightGradient(Workers workers) {
    this.workers = workers;
    this.sums = new BlockSums("conv1d", workers, this::sum);
  }

  void compute(int batch, WinogradTiling tiling, HeapStorage x, HeapStorage dY, HeapStorage dWeight) {
    Correlation form = tiling.form();
    this.tiling = tiling;
    this.x = x.array();
    this.x0 = x.offset();
    this.dY = dY.array();
    this.dY0 = dY.offset();
    this.dWeight = dWeight.array();
    this.dWeight0 = dWeight.offset();
    this.total = sums.of(batch * tiling.blocks(), (long) tiling.points() * form.inChannels() * form.outChannels());
    workers.run(form.outChannels(), toTaps);
  }

  private void toTaps(int o) {
    Correlation form = tiling.form();
    WinogradWeights.toTaps(form.inChannels(), form.outChannels(), o, form.kernel(), total, dWeight, dWeight0);
  }

  /// The products `[points, Cin, Cout]` of a run of blocks.
  private void sum(int from, int to, float[] sum, int sum0) {
    Correlation form = tiling.form();
    int rows = form.inChannels();
    int columns = form.outChannels();
    int together = Math.max(1, TILES_TOGETHER / tiling.tiles(0));
    for (int first = from; first < to; first += together) {
      int last = Math.min(to, first + together);
      int tiles = 0;
      for (int index = first; index < last; index++) tiles += tiling.tiles(index % tiling.blocks());
      float[] planes = scratch.floats(PLANES, (long) tiling.points() * tiles * rows);
      float[] gradients = scratch.floats(GRADIENTS, tiling.points() * GemmPanels.size(tiles, columns));
      int panels = (int) GemmPanels.size(tiles, columns); // of one point
      transform(first, last, tiles, planes, gradients);
      GemmBlock product = GemmBlock.ofThread();
      for (int point = 0; point < tiling.points(); point++) {
        product.left(planes, point * tiles * rows, 1, rows).right(gradients, point * panels, tiles)
            .result(sum, sum0 + point * rows * columns, columns);
        if (first == from) product.multiply(rows, columns, tiles);
        else
          product.multiplyAdd(rows, columns, tiles);
      }
    }
  }

  private void transform(int first, int last, int tiles, float[] planes, float[] gradients) {
    Correlation form = tiling.form();
    int rows = form.inChannels();
    int tile = 0;
    for (int index = first; index < last; index++) {
      int series = index / tiling.blocks();
      int block = index % tiling.blocks();
      tiling.transformInput(block, x, x0 + series * form.sourceRows() * rows,
          scratch.floats(SEEN, (long) tiling.seenRows(block) * rows), planes, tile * rows, rows, tiles * rows);
      transformGradient(series, block, tile, tiles, gradients);
      tile += tiling.tiles(block);
    }
  }

  /// A·dy of the tiles of a block, in panels, from a copy in which zeros follow the last row.
  private void transformGradient(int series, int block, int firstTile, int tiles, float[] gradients) {
    int columns = tiling.form().outChannels();
    int size = tiling.rows(block) * columns;
    float[] g = scratch.floats(D_Y, (long) tiling.tiledRows(block) * columns);
    System.arraycopy(dY, dY0 + (series * tiling.form().resultRows() + tiling.firstRow(block)) * columns, g, 0, size);
    Arrays.fill(g, size, tiling.tiledRows(block) * columns, 0);
    int row = tiling.form().dilation() * columns; // from one result of a tile to the next
    int point = (int) GemmPanels.size(tiles, columns);
    for (int first = 0; first < columns; first += COLUMNS) {
      int width = Math.min(COLUMNS, columns - first);
      int to = (first * tiles) + firstTile * COLUMNS;
      for (int phase = 0; phase < tiling.phases(block); phase++) {
        for (int r = phase; r < tiling.rows(block); r += tiling.step(), to += COLUMNS) {
          int from = r * columns + first;
          if (tiling.points() == 6) WinogradTiles.gradient6(width, g, from, row, gradients, to, point);
          else
            WinogradTiles.gradient8(width, g, from, row, gradients, to, point);
          for (int p = 0; p < tiling.points() && width < COLUMNS; p++) {
            Arrays.fill(gradients, to + p * point + width, to + p * point + COLUMNS, 0);
          }
        }
      }
    }
  }
}
