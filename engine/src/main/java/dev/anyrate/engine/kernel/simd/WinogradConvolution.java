package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;

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

  /// Series whose blocks are multiplied together. The 32 tiles of a block are four register tiles at 512 bit, but five and a third where these have 6 rows; of three
  /// series they are sixteen: 7 % less time at 128 channels and 3 taps, 10 % at 64 and 5 (AVX2).
  private static final int TOGETHER = ROWS == 8 ? 1 : 3;

  private static final int WEIGHTS = 0;
  private static final int BIAS = 1;
  private static final int SEEN = 2;
  private static final int PLANES = 3;
  private static final int PRODUCTS = 4;
  private static final int RESULT = 5;

  private final Workers workers;
  private final Scratch scratch = new Scratch("conv1d", 6);
  private final KeptWeights kept = new KeptWeights();
  private final Workers.Part transformWeights = this::transformWeights;
  private final Workers.Part convolve = this::convolve;

  private int batch;
  private WinogradTiling tiling;
  private boolean backward;
  private float[] source;
  private int source0;
  private float[] weights;
  private int weights0;
  private float[] weightsAtPoints; // weights at the points, in panels
  private float[] bias; // one number for each column of every panel
  private Epilogue after; // null for none
  private float[] result;
  private int result0;

  WinogradConvolution(Workers workers) {
    this.workers = workers;
  }

  /// @param weights of the form, `[Cout, Cin, K]` as the convolution has them
  /// @param bias    null for none
  /// @param after   done to the results; null for nothing
  void correlate(int batch, WinogradTiling tiling, boolean backward, HeapStorage source, HeapStorage weights, HeapStorage bias,
      Epilogue after, HeapStorage result) {
    Correlation form = tiling.form();
    this.batch = batch;
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
    long size = tiling.points() * GemmPanels.size(form.inChannels(), form.outChannels());
    if (blocks < FEW_BLOCKS && KeptWeights.takes(weights.size())) {
      this.weightsAtPoints = kept.of(form, backward, weights, (int) size);
      if (!kept.upToDate(weights)) {
        workers.run(form.inChannels(), transformWeights);
        kept.made(weights);
      }
    } else {
      this.weightsAtPoints = scratch.floats(WEIGHTS, size);
      workers.run(form.inChannels(), transformWeights);
    }
    workers.run(Math.ceilDiv(batch, TOGETHER) * tiling.blocks(), convolve);
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

  /// A block of some series.
  private void convolve(int part) {
    int columns = tiling.form().outChannels();
    int first = part / tiling.blocks() * TOGETHER;
    int count = Math.min(TOGETHER, batch - first);
    int block = part % tiling.blocks();
    int size = tiling.tiledRows(block) * columns;
    float[] y = scratch.floats(RESULT, (long) count * size);
    multiply(first, count, block, y);
    // Whole rows in order: written panel by panel where it belongs, the result takes 10.6 µs instead of 8.
    for (int i = 0; i < count; i++) {
      int series = first + i;
      int to = result0 + (series * tiling.form().resultRows() + tiling.firstRow(block)) * columns;
      if (after == null) System.arraycopy(y, i * size, result, to, tiling.rows(block) * columns);
      else
        after.apply(series, tiling.firstRow(block), tiling.rows(block), y, i * size, result, to);
    }
  }

  /// The results of a block. A method of its own: with what is done to them in one compilation, C2 stopped inlining before its end, and every vector there was an object
  /// (32 µs a block instead of 5).
  ///
  /// @param y Overwritten; `[count, tiledRows(block), Cout]`.
  private void multiply(int firstSeries, int count, int block, float[] y) {
    Correlation form = tiling.form();
    int tiles = tiling.tiles(block);
    int rows = count * tiles;
    int depth = form.inChannels();
    int columns = form.outChannels();
    int row = PackedTile.distance(depth); // of a plane
    int plane = rows * row;
    int points = tiling.points();
    int weightsOfPoint = (int) GemmPanels.size(depth, columns);
    float[] planes = scratch.floats(PLANES, (long) points * plane);
    float[] products = scratch.floats(PRODUCTS, points * rows * COLUMNS);
    float[] seen = scratch.floats(SEEN, (long) tiling.seenRows(block) * depth);
    for (int i = 0; i < count; i++) {
      tiling.transformInput(block, source, source0 + (firstSeries + i) * form.sourceRows() * depth, seen, planes,
          i * tiles * row, row, plane);
    }
    GemmBlock product = GemmBlock.ofThread();
    for (int first = 0; first < columns; first += COLUMNS) {
      for (int point = 0; point < points; point++) {
        product.left(planes, point * plane, row, 1)
            .right(weightsAtPoints, point * weightsOfPoint + first * depth, depth)
            .result(products, point * rows * COLUMNS, COLUMNS).multiply(rows, COLUMNS, depth);
      }
      for (int i = 0; i < count; i++) {
        transformProducts(block, i * tiles * COLUMNS, rows * COLUMNS, products, first, Math.min(COLUMNS, columns - first), y,
            i * tiling.tiledRows(block) * columns);
      }
    }
  }

  /// The results of a block in the channels `first` to `first + width`.
  ///
  /// @param products of a series from `products0` on, a plane behind the other
  /// @param y        Overwritten there; `[tiledRows(block), Cout]` from `y0` on.
  private void transformProducts(int block, int products0, int plane, float[] products, int first, int width, float[] y, int y0) {
    int columns = tiling.form().outChannels();
    int row = tiling.form().dilation() * columns; // from one result of a tile to the next
    int from = products0;
    for (int phase = 0; phase < tiling.phases(block); phase++) {
      for (int r = phase; r < tiling.rows(block); r += tiling.step(), from += COLUMNS) {
        int to = y0 + r * columns + first;
        if (tiling.points() == 6) WinogradTiles.output6(width, products, from, plane, bias, first, y, to, row);
        else
          WinogradTiles.output8(width, products, from, plane, bias, first, y, to, row);
      }
    }
  }
}
