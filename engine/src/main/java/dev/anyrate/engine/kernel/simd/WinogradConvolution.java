package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// A [Correlation] by [Winograd]: block by block the input becomes planes; then, panel by panel of the result's channels, each
/// plane is multiplied by its weights and the products become results while they are still in the first-level cache.
///
/// The operands of the call in progress are fields, so that a call makes no objects.
final class WinogradConvolution {
  /// With fewer blocks, transforming the weights takes as long as the convolution, so they are kept: of an encoder that embeds one
  /// series after the other they are the same in every call.
  private static final int FEW_BLOCKS = 32;

  private static final int WEIGHTS = 0;
  private static final int BIAS = 1;
  private static final int SEEN = 2;
  private static final int PLANES = 3;
  private static final int PRODUCTS = 4;
  private static final int RESULT = 5;

  private final Workers workers;
  private final Scratch scratch = new Scratch(6);
  private final KeptWeights kept = new KeptWeights();
  private final Workers.Part transformWeights = this::transformWeights;
  private final Workers.Part convolve = this::convolve;

  private WinogradTiling tiling;
  private boolean backward;
  private float[] source;
  private int source0;
  private float[] weights;
  private int weights0;
  private float[] weightsAtPoints; // weights at the points, in panels
  private float[] bias; // one number for each column of every panel
  private SeriesNormalization after; // null for none
  private float[] result;
  private int result0;

  WinogradConvolution(Workers workers) {
    this.workers = workers;
  }

  /// @param weights of the form, `[Cout, Cin, K]` as the convolution has them
  /// @param bias    null for none
  /// @param after   done to the results; null for nothing
  void correlate(int batch, WinogradTiling tiling, boolean backward, HeapStorage source, HeapStorage weights, HeapStorage bias,
      SeriesNormalization after, HeapStorage result) {
    Correlation form = tiling.form();
    this.tiling = tiling;
    this.backward = backward;
    this.source = source.array();
    this.source0 = source.offset();
    this.weights = weights.array();
    this.weights0 = weights.offset();
    this.after = after;
    this.result = result.array();
    this.result0 = result.offset();
    this.bias = scratch.floats(BIAS, form.outChannels());
    if (bias == null) Arrays.fill(this.bias, 0, form.outChannels(), 0);
    else
      System.arraycopy(bias.array(), bias.offset(), this.bias, 0, form.outChannels());
    int blocks = batch * tiling.blocks();
    int size = tiling.points() * GemmPanels.size(form.inChannels(), form.outChannels());
    if (blocks < FEW_BLOCKS && KeptWeights.takes(weights.size())) {
      this.weightsAtPoints = kept.of(tiling, weights, size);
      if (!kept.upToDate(weights)) workers.run(form.inChannels(), transformWeights);
    } else {
      this.weightsAtPoints = scratch.floats(WEIGHTS, size);
      workers.run(form.inChannels(), transformWeights);
    }
    workers.run(blocks, convolve);
  }

  private void transformWeights(int c) {
    Correlation form = tiling.form();
    int kernel = form.kernel();
    int depth = form.inChannels();
    int columns = form.outChannels();
    // backward, rows and columns have changed places
    int from = weights0 + (backward ? c * columns * kernel : c * kernel);
    WinogradWeights.toPoints(depth, columns, c, kernel, weights, from, backward ? kernel : depth * kernel, backward,
        weightsAtPoints);
  }

  private void convolve(int part) {
    Correlation form = tiling.form();
    int series = part / tiling.blocks();
    int block = part % tiling.blocks();
    int columns = form.outChannels();
    float[] y = scratch.floats(RESULT, tiling.tiledRows(block) * columns);
    multiply(series, block, y);
    // Whole rows in order: written panel by panel where it belongs, the result takes 10.6 µs instead of 8.
    int to = result0 + (series * form.resultRows() + tiling.firstRow(block)) * columns;
    if (after == null) System.arraycopy(y, 0, result, to, tiling.rows(block) * columns);
    else
      after.apply(series, tiling.firstRow(block), tiling.rows(block), y, 0, result, to);
  }

  /// The results of a block. A method of its own: with what is done to them in one compilation, C2 stopped inlining before its end, and every vector there was an object
  /// (32 µs a block instead of 5).
  ///
  /// @param y Overwritten; `[tiledRows(block), Cout]`.
  private void multiply(int series, int block, float[] y) {
    Correlation form = tiling.form();
    int tiles = tiling.tiles(block);
    int depth = form.inChannels();
    int columns = form.outChannels();
    int plane = tiles * depth;
    int points = tiling.points();
    float[] planes = scratch.floats(PLANES, points * plane);
    float[] products = scratch.floats(PRODUCTS, points * tiles * COLUMNS);
    tiling.transformInput(block, source, source0 + series * form.sourceRows() * depth,
        scratch.floats(SEEN, tiling.seenRows(block) * depth), planes, 0, plane);
    GemmBlock product = GemmBlock.ofThread();
    for (int first = 0; first < columns; first += COLUMNS) {
      for (int point = 0; point < points; point++) {
        product.left(planes, point * plane, depth, 1)
            .right(weightsAtPoints, point * GemmPanels.size(depth, columns) + first * depth, depth)
            .result(products, point * tiles * COLUMNS, COLUMNS).multiply(tiles, COLUMNS, depth);
      }
      transformProducts(block, tiles, products, first, Math.min(COLUMNS, columns - first), y);
    }
  }

  /// The results of a block in the channels `first` to `first + width`.
  ///
  /// @param y Overwritten there; `[tiledRows(block), Cout]`.
  private void transformProducts(int block, int tiles, float[] products, int first, int width, float[] y) {
    int columns = tiling.form().outChannels();
    int row = tiling.form().dilation() * columns; // from one result of a tile to the next
    int plane = tiles * COLUMNS;
    int from = 0;
    for (int phase = 0; phase < tiling.phases(block); phase++) {
      for (int r = phase; r < tiling.rows(block); r += tiling.step(), from += COLUMNS) {
        int to = r * columns + first;
        if (tiling.points() == 6) WinogradTiles.output6(width, products, from, plane, bias, first, y, to, row);
        else
          WinogradTiles.output8(width, products, from, plane, bias, first, y, to, row);
      }
    }
  }
}
