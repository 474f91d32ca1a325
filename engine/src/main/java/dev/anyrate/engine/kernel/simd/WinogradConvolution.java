package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// A [Correlation] by [Winograd]: block by block the input becomes six planes, each plane is multiplied by its weights, and the
/// products become the result. Planes and products of a block stay in the second-level cache.
final class WinogradConvolution {
  private static final int WEIGHTS = 0;
  private static final int SOURCE = 1;
  private static final int PLANES = 2;
  private static final int PRODUCTS = 3;
  private static final int BIAS = 4;
  private static final int TILE = 5;

  private final Workers workers;
  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(6);

  WinogradConvolution(Workers workers) {
    this.workers = workers;
  }

  /// @param weights of the form, `[Cout, Cin, K]` as the convolution has them
  /// @param bias    null for none
  void correlate(int batch, Correlation form, boolean backward, HeapStorage source, HeapStorage weights, HeapStorage bias,
      HeapStorage result) {
    int size = GemmPanels.size(form.inChannels(), form.outChannels());
    float[] transformed = scratch.floats(WEIGHTS, Winograd.POINTS * size);
    workers.run(Winograd.POINTS * form.inChannels(),
        part -> transformWeights(form, backward, part / form.inChannels(), part % form.inChannels(),
            weights.array(), weights.offset(), transformed));
    float[] offsets = scratch.floats(BIAS, form.outChannels());
    if (bias == null) Arrays.fill(offsets, 0, form.outChannels(), 0);
    else
      System.arraycopy(bias.array(), bias.offset(), offsets, 0, form.outChannels());
    int blocks = form.blocks();
    workers.run(batch * blocks, part -> {
      WinogradLine line = WinogradLine.of(form, part % blocks);
      int series = part / blocks;
      multiply(line, source.array(), source.offset() + series * form.sourceRows() * form.inChannels(), transformed, offsets,
          result.array(),
          result.offset() + (series * form.resultRows() + line.first()) * form.outChannels());
    });
  }

  private void multiply(WinogradLine line, float[] source, int source0, float[] weights, float[] bias, float[] y, int y0) {
    Correlation form = line.form();
    int tiles = line.tiles();
    int depth = form.inChannels();
    int columns = form.outChannels();
    float[] planes = scratch.floats(PLANES, Winograd.POINTS * tiles * depth);
    float[] products = scratch.floats(PRODUCTS, Winograd.POINTS * tiles * columns);
    line.transformInput(source, source0, scratch.floats(SOURCE, line.sourceRows() * depth), planes);
    for (int point = 0; point < Winograd.POINTS; point++) {
      var panels = new GemmPanels(weights, point * GemmPanels.size(depth, columns), GemmTile.COLUMNS, depth * GemmTile.COLUMNS);
      block.multiply(tiles, columns, depth, new Rows(planes, point * tiles * depth, depth, 1), panels,
          new Result(products, point * tiles * columns, columns), false);
    }
    line.forEach((tile, row, valid) -> output(line, products, tile, bias, y, y0 + row * columns, valid));
  }

  /// The results of one tile; one that reaches over the end goes by way of a copy.
  private void output(WinogradLine line, float[] products, int tile, float[] bias, float[] y, int y0, int valid) {
    int columns = line.form().outChannels();
    int plane = line.tiles() * columns;
    int row = line.form().dilation() * columns;
    if (valid == line.results()) {
      transformOutput(line.results(), columns, products, tile * columns, plane, bias, y, y0, row);
      return;
    }
    float[] copy = scratch.floats(TILE, line.results() * columns);
    transformOutput(line.results(), columns, products, tile * columns, plane, bias, copy, 0, columns);
    for (int i = 0; i < valid; i++) System.arraycopy(copy, i * columns, y, y0 + i * row, columns);
  }

  private static void transformOutput(int results, int columns, float[] products, int products0, int plane, float[] bias,
      float[] y, int y0,
      int row) {
    if (results == 4) WinogradTiles.output4(columns, products, products0, plane, bias, 0, y, y0, row);
    else
      WinogradTiles.output2(columns, products, products0, plane, bias, 0, y, y0, row);
  }

  /// One row of the weights of one point, `[Cout]` of source channel c, in panels.
  private static void transformWeights(Correlation form, boolean backward, int point, int c, float[] weights, int weights0,
      float[] panels) {
    int kernel = form.kernel();
    int columns = form.outChannels();
    int depth = form.inChannels();
    int panel0 = point * GemmPanels.size(depth, columns) + c * GemmTile.COLUMNS;
    for (int o = 0; o < GemmPanels.count(columns) * GemmTile.COLUMNS; o++) {
      float sum = 0;
      if (o < columns) {
        int from = weights0 + (backward ? (c * columns + o) * kernel : (o * depth + c) * kernel);
        for (int tap = 0; tap < kernel; tap++) {
          sum += Winograd.coefficient(point, backward ? kernel - 1 - tap : tap, kernel) * weights[from + tap];
        }
      }
      panels[panel0 + o / GemmTile.COLUMNS * depth * GemmTile.COLUMNS + o % GemmTile.COLUMNS] = sum;
    }
  }
}
