package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// The gradient of convolution weights: with u the padded input, a product over time for each block of each series,
///
/// `dWᵀ[k, c, o] += Σ_t u[t·stride + k·dilation, c]·dY[t, o]`.
///
/// added over the blocks by [BlockSums].
final class ConvolutionWeightGradient {
  /// With so few rows of dWᵀ, packing dY would take as long as the product.
  private static final int FEW_ROWS = 2 * ROWS;

  private static final int WINDOWS = 0;
  private static final int PANELS = 1;

  private final Workers workers;
  private final BlockSums sums;
  private final Scratch scratch = new Scratch("conv1d", 2);
  private final Workers.Part copyChannel = this::copyChannel;

  private Conv1dGeometry geometry;
  private Correlation form;
  private float[] x;
  private int x0;
  private float[] dY;
  private int dY0;
  private float[] dWeight;
  private int dWeight0;
  private float[] total;

  ConvolutionWeightGradient(Workers workers) {
    this.workers = workers;
    this.sums = new BlockSums("conv1d", workers, this::sum);
  }

  /// @param form the forward one of the geometry
  void compute(Conv1dGeometry geometry, Correlation form, HeapStorage x, HeapStorage dY, HeapStorage dWeight) {
    this.geometry = geometry;
    this.form = form;
    this.x = x.array();
    this.x0 = x.offset();
    this.dY = dY.array();
    this.dY0 = dY.offset();
    this.dWeight = dWeight.array();
    this.dWeight0 = dWeight.offset();
    long size = (long) form.kernel() * form.inChannels() * form.groupOutChannels(); // of one sum
    this.total = sums.of(geometry.batch() * form.blocks(), size);
    workers.run(geometry.outChannels(), copyChannel);
  }

  private void sum(int from, int to, float[] sum, int sum0) {
    for (int index = from; index < to; index++) addBlock(index, sum, sum0, index > from);
  }

  /// Adds the product of one block to a sum.
  ///
  /// @param more whether the sum holds something already
  private void addBlock(int index, float[] sum, int sum0, boolean more) {
    int series = index / form.blocks();
    int first = index % form.blocks() * Correlation.BLOCK_ROWS;
    int rows = form.blockRows(first);
    int from = x0 + series * form.sourceRows() * form.inChannels();
    float[] u = x;
    int u0 = from + form.firstSeen(first) * form.inChannels();
    if (!form.readsSourceOnly(first, rows)) {
      u = scratch.floats(WINDOWS, form.windowSize(rows));
      u0 = 0;
      form.copyWindows(first, rows, x, from, u);
    }
    int g0 = dY0 + (series * form.resultRows() + first) * form.outChannels();
    int inChannels = form.groupInChannels();
    int columns = form.groupOutChannels();
    int depthStride = form.stride() * form.inChannels();
    int leftRows = form.tapsTogether() * inChannels;
    GemmBlock product = GemmBlock.ofThread();
    for (int group = 0; group < form.groups(); group++) {
      if (leftRows <= FEW_ROWS && columns % COLUMNS == 0) {
        product.right(dY, g0 + group * columns, form.outChannels(), COLUMNS);
      } else {
        float[] panels = scratch.floats(PANELS, GemmPanels.size(rows, columns));
        GemmPanels.pack(rows, columns, dY, g0 + group * columns, form.outChannels(), 1, panels, 0);
        product.right(panels, 0, rows);
      }
      for (int tap = 0; tap < form.kernel(); tap += form.tapsTogether()) {
        product.left(u, u0 + tap * form.dilation() * form.inChannels() + group * inChannels, 1, depthStride)
            .result(sum, sum0 + (group * form.kernel() + tap) * inChannels * columns, columns);
        if (more) product.multiplyAdd(leftRows, columns, rows);
        else
          product.multiply(leftRows, columns, rows);
      }
    }
  }

  /// dWeight[o, c, k] for one output channel, from the sum `[group, k, c, o]`. What stands for pairs of merged groups is left
  /// behind.
  private void copyChannel(int o) {
    int merged = geometry.groups() / form.groups();
    int columns = form.groupOutChannels();
    int group = o / columns;
    int member = o / geometry.groupOutChannels() % merged;
    int rows = geometry.groupInChannels();
    int kernel = geometry.kernel();
    for (int k = 0; k < kernel; k++) {
      int from = ((group * kernel + k) * form.groupInChannels() + member * rows) * columns + o % columns;
      int to = dWeight0 + o * rows * kernel + k;
      for (int c = 0; c < rows; c++) dWeight[to + c * kernel] = total[from + c * columns];
    }
  }
}
