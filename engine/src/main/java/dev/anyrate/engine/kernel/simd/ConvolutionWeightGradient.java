package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// The gradient of convolution weights: with u the padded input, a product over time for each block of each series,
///
/// `dWᵀ[k, c, o] += Σ_t u[t·stride + k·dilation, c]·dY[t, o]`.
///
/// added over the blocks by [BlockSums].
final class ConvolutionWeightGradient {
  private static final int WINDOWS = 0;
  private static final int PANELS = 1;

  private final Workers workers;
  private final BlockSums sums;
  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(2);

  ConvolutionWeightGradient(Workers workers) {
    this.workers = workers;
    this.sums = new BlockSums(workers);
  }

  void compute(Conv1dGeometry geometry, HeapStorage x, HeapStorage dY, HeapStorage dWeight) {
    Correlation form = Correlation.forward(geometry);
    int size = form.kernel() * form.inChannels() * form.groupOutChannels(); // of one sum
    int blocks = geometry.batch() * form.blocks();
    float[] total = sums.of(blocks, size, (index, sum, sum0, more) -> addBlock(form, index, x, dY, sum, sum0, more));
    workers.runRanges(geometry.outChannels(), 1, (from, to) -> {
      for (int o = from; o < to; o++) copyChannel(geometry, form, o, total, dWeight.array(), dWeight.offset());
    });
  }

  /// Adds the product of one block to a sum.
  ///
  /// @param more whether the sum holds something already
  private void addBlock(Correlation form, int index, HeapStorage x, HeapStorage dY, float[] sum, int sum0, boolean more) {
    int series = index / form.blocks();
    int first = index % form.blocks() * Correlation.BLOCK_ROWS;
    int rows = form.blockRows(first);
    Rows windows = form.windows(first, rows, x.array(), x.offset() + series * form.sourceRows() * form.inChannels(),
        scratch.floats(WINDOWS, form.windowSize(rows)));
    Rows transposed = new Rows(windows.array(), windows.offset(), 1, windows.rowStride());
    int dY0 = dY.offset() + (series * form.resultRows() + first) * form.outChannels();
    int inChannels = form.groupInChannels();
    int columns = form.groupOutChannels();
    GemmPanels panels = GemmPanels.packed(scratch.floats(PANELS, GemmPanels.size(rows, columns)), rows);
    for (int group = 0; group < form.groups(); group++) {
      panels.pack(rows, columns, dY.array(), dY0 + group * columns, form.outChannels(), 1);
      for (int tap = 0; tap < form.kernel(); tap += form.tapsTogether()) {
        Rows left = transposed.from(tap * form.dilation() * form.inChannels() + group * inChannels, 0);
        Result target = new Result(sum, sum0 + (group * form.kernel() + tap) * inChannels * columns, columns);
        block.multiply(form.tapsTogether() * inChannels, columns, rows, left, panels, target, more);
      }
    }
  }

  /// dWeight[o, c, k] for one output channel, from the sum `[group, k, c, o]`. What stands for pairs of merged groups is left
  /// behind.
  private static void copyChannel(Conv1dGeometry g, Correlation form, int o, float[] sum, float[] dWeight, int dWeight0) {
    int merged = g.groups() / form.groups();
    int columns = form.groupOutChannels();
    int group = o / columns;
    int member = o / g.groupOutChannels() % merged;
    int rows = g.groupInChannels();
    for (int k = 0; k < g.kernel(); k++) {
      int from = ((group * g.kernel() + k) * form.groupInChannels() + member * rows) * columns + o % columns;
      int to = dWeight0 + o * rows * g.kernel() + k;
      for (int c = 0; c < rows; c++) dWeight[to + c * g.kernel()] = sum[from + c * columns];
    }
  }
}
