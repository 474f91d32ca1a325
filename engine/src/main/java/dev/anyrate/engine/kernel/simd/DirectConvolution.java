package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// A [Correlation] as an implicit matrix product: the weights are packed into panels once, then every block of every series runs
/// over them.
final class DirectConvolution {
  private static final int PANELS = 0;
  private static final int WINDOWS = 1;

  private final Workers workers;
  private final Scratch scratch = new Scratch("conv1d", 2);
  private final Workers.Part pack = this::pack;
  private final Workers.Part convolve = this::convolve;

  private ConvolutionPanels weights;
  private float[] weight;
  private int weight0;
  private float[] panels;
  private float[] source;
  private int source0;
  private float[] bias; // null for none
  private int bias0;
  private Epilogue after; // null for none
  private float[] result;
  private int result0;

  DirectConvolution(Workers workers) {
    this.workers = workers;
  }

  /// @param weights how they are packed
  /// @param bias    null for none
  /// @param after   done to the results; null for nothing
  void correlate(int batch, ConvolutionPanels weights, HeapStorage source, HeapStorage weight, HeapStorage bias,
      Epilogue after, HeapStorage result) {
    this.weights = weights;
    this.weight = weight.array();
    this.weight0 = weight.offset();
    this.source = source.array();
    this.source0 = source.offset();
    this.bias = bias == null ? null : bias.array();
    this.bias0 = bias == null ? 0 : bias.offset();
    this.after = after;
    this.result = result.array();
    this.result0 = result.offset();
    this.panels = scratch.floats(PANELS, weights.size());
    workers.run(weights.count(), pack);
    workers.run(batch * weights.form().blocks(), convolve);
  }

  private void pack(int index) {
    weights.pack(index, weight, weight0, panels);
  }

  private void convolve(int part) {
    Correlation form = weights.form();
    int series = part / form.blocks();
    int first = part % form.blocks() * Correlation.BLOCK_ROWS;
    int rows = form.blockRows(first);
    int from = source0 + series * form.sourceRows() * form.inChannels();
    int y0 = result0 + (series * form.resultRows() + first) * form.outChannels();
    if (form.readsSourceOnly(first, rows)) {
      multiply(rows, source, from + form.firstSeen(first) * form.inChannels(), y0);
    } else {
      float[] windows = scratch.floats(WINDOWS, form.windowSize(rows));
      form.copyWindows(first, rows, source, from, windows);
      multiply(rows, windows, 0, y0);
    }
    if (after != null) after.apply(series, first, rows, result, y0, result, y0);
  }

  /// The result rows of one block: for each group one product, or one per tap where taps do not lie side by side.
  private void multiply(int rows, float[] u, int u0, int y0) {
    Correlation form = weights.form();
    int depth = form.groupInChannels();
    int columns = form.groupOutChannels();
    int taps = form.tapsTogether();
    int channels = form.outChannels();
    GemmBlock product = GemmBlock.ofThread();
    for (int group = 0; group < form.groups(); group++) {
      product.result(result, y0 + group * columns, channels);
      for (int tap = 0; tap < form.kernel(); tap += taps) {
        product.left(u, u0 + tap * form.dilation() * form.inChannels() + group * depth, form.stride() * form.inChannels(), 1)
            .right(panels, weights.offset(group, tap), weights.depth());
        if (tap > 0) product.multiplyAdd(rows, columns, taps * depth);
        else if (bias != null) product.multiplyAddBias(rows, columns, taps * depth, bias, bias0 + group * columns);
        else
          product.multiply(rows, columns, taps * depth);
      }
    }
  }
}
