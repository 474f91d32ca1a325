package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// The gradient of convolution weights by [Winograd]: `dw = Gᵀ Σ_tiles (A·dy) ⊙ (Bᵀ·u)`. For each point, the sum over the tiles of a block is one matrix product
/// `[Cin, tiles]·[tiles, Cout]`; Gᵀ comes last, once.
///
/// The products of all blocks are added by [BlockSums].
final class WinogradWeightGradient {
  private static final int SOURCE = 0;
  private static final int PLANES = 1;
  private static final int GRADIENTS = 2;
  private static final int PANELS = 3;
  private static final int TILE = 4;

  private final Workers workers;
  private final BlockSums sums;
  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(5);

  WinogradWeightGradient(Workers workers) {
    this.workers = workers;
    this.sums = new BlockSums(workers);
  }

  void compute(int batch, Correlation form, HeapStorage x, HeapStorage dY, HeapStorage dWeight) {
    int size = Winograd.POINTS * form.inChannels() * form.outChannels(); // of one sum
    int blocks = batch * form.blocks();
    float[] total = sums.of(blocks, size, (index, sum, sum0, more) -> addBlock(form, index, x, dY, sum, sum0, more));
    workers.runRanges(form.outChannels(), 1, (from, to) -> {
      for (int o = from; o < to; o++) transformChannel(form, o, total, dWeight.array(), dWeight.offset());
    });
  }

  /// Adds the products of one block to a sum `[6, Cin, Cout]`.
  ///
  /// @param more whether the sum holds something already
  private void addBlock(Correlation form, int index, HeapStorage x, HeapStorage dY, float[] sum, int sum0, boolean more) {
    WinogradLine line = WinogradLine.of(form, index % form.blocks());
    int series = index / form.blocks();
    int tiles = line.tiles();
    int rows = form.inChannels();
    int columns = form.outChannels();
    float[] planes = scratch.floats(PLANES, Winograd.POINTS * tiles * rows);
    float[] gradients = scratch.floats(GRADIENTS, Winograd.POINTS * tiles * columns);
    line.transformInput(x.array(), x.offset() + series * form.sourceRows() * rows,
        scratch.floats(SOURCE, line.sourceRows() * rows), planes);
    int dY0 = dY.offset() + (series * form.resultRows() + line.first()) * columns;
    line.forEach(
        (tile, row, valid) -> transformGradient(line, dY.array(), dY0 + row * columns, valid, gradients, tile * columns));
    GemmPanels panels = GemmPanels.packed(scratch.floats(PANELS, GemmPanels.size(tiles, columns)), tiles);
    for (int point = 0; point < Winograd.POINTS; point++) {
      panels.pack(tiles, columns, gradients, point * tiles * columns, columns, 1);
      block.multiply(rows, columns, tiles, new Rows(planes, point * tiles * rows, 1, rows), panels,
          new Result(sum, sum0 + point * rows * columns, columns), more);
    }
  }

  /// A·dy of one tile; where it reaches over the end, what is missing counts as zero.
  private void transformGradient(WinogradLine line, float[] dY, int dY0, int valid, float[] planes, int planes0) {
    int columns = line.form().outChannels();
    int plane = line.tiles() * columns;
    int row = line.form().dilation() * columns;
    if (valid == line.results()) {
      transform(line.results(), columns, dY, dY0, row, planes, planes0, plane);
      return;
    }
    float[] copy = scratch.floats(TILE, line.results() * columns);
    for (int i = 0; i < valid; i++) System.arraycopy(dY, dY0 + i * row, copy, i * columns, columns);
    Arrays.fill(copy, valid * columns, line.results() * columns, 0);
    transform(line.results(), columns, copy, 0, columns, planes, planes0, plane);
  }

  private static void transform(int results, int columns, float[] dY, int dY0, int row, float[] planes, int planes0, int plane) {
    if (results == 4) WinogradTiles.gradient4(columns, dY, dY0, row, planes, planes0, plane);
    else
      WinogradTiles.gradient2(columns, dY, dY0, row, planes, planes0, plane);
  }

  /// dWeight[o, c, k] = Σ_point G[point, k]·sum[point, c, o] for one output channel.
  private static void transformChannel(Correlation form, int o, float[] sum, float[] dWeight, int dWeight0) {
    int kernel = form.kernel();
    int columns = form.outChannels();
    int plane = form.inChannels() * columns;
    for (int c = 0; c < form.inChannels(); c++) {
      for (int tap = 0; tap < kernel; tap++) {
        float gradient = 0;
        for (int point = 0; point < Winograd.POINTS; point++) {
          gradient += Winograd.coefficient(point, tap, kernel) * sum[point * plane + c * columns + o];
        }
        dWeight[dWeight0 + (o * form.inChannels() + c) * kernel + tap] = gradient;
      }
    }
  }
}
