package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.kernel.simd.GemmBlock.Result;
import dev.anyrate.engine.kernel.simd.GemmBlock.Rows;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;

/// Convolution as an implicit matrix product: the weights are packed into panels once, then every series runs over them as a
/// [Correlation].
final class SimdConvolution implements ConvolutionKernels {
  private static final int PANELS = 0;
  private static final int WINDOWS = 1;

  private final Workers workers;
  private final GemmBlock block = new GemmBlock();
  private final Scratch scratch = new Scratch(2);
  private final WinogradConvolution winograd;
  private final ConvolutionWeightGradient weightGradient;
  private final WinogradWeightGradient winogradWeightGradient;

  SimdConvolution(Workers workers) {
    this.workers = workers;
    this.winograd = new WinogradConvolution(workers);
    this.weightGradient = new ConvolutionWeightGradient(workers);
    this.winogradWeightGradient = new WinogradWeightGradient(workers);
  }

  @Override
  public void conv1d(Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Storage y) {
    correlate(geometry, Correlation.forward(geometry), false, x, weight, bias == null ? null : HeapStorage.of(bias), y);
  }

  @Override
  public void conv1dBackwardInput(Conv1dGeometry geometry, Storage dY, Storage weight, Storage dX) {
    correlate(geometry, Correlation.backwardInput(geometry), true, dY, weight, null, dX);
  }

  @Override
  public void conv1dBackwardWeight(Conv1dGeometry geometry, Storage x, Storage dY, Storage dWeight) {
    if (Winograd.suits(geometry)) {
      winogradWeightGradient.compute(geometry.batch(), Correlation.forward(geometry), HeapStorage.of(x), HeapStorage.of(dY),
          HeapStorage.of(dWeight));
    } else {
      weightGradient.compute(geometry, HeapStorage.of(x), HeapStorage.of(dY), HeapStorage.of(dWeight));
    }
  }

  private void correlate(Conv1dGeometry geometry, Correlation form, boolean backward, Storage source, Storage weight,
      HeapStorage bias,
      Storage result) {
    if (Winograd.suits(geometry)) {
      winograd.correlate(geometry.batch(), form, backward, HeapStorage.of(source), HeapStorage.of(weight), bias,
          HeapStorage.of(result));
      return;
    }
    correlate(geometry.batch(), new ConvolutionPanels(form, backward, geometry.groups()), HeapStorage.of(source),
        HeapStorage.of(weight), bias,
        HeapStorage.of(result));
  }

  private void correlate(int batch, ConvolutionPanels weights, HeapStorage source, HeapStorage weight, HeapStorage bias,
      HeapStorage result) {
    Correlation form = weights.form();
    float[] panels = scratch.floats(PANELS, weights.size());
    workers.run(weights.count(), index -> weights.pack(index, weight.array(), weight.offset(), panels));
    int blocks = form.blocks();
    int channels = form.outChannels();
    workers.run(batch * blocks, part -> {
      int series = part / blocks;
      int first = part % blocks * Correlation.BLOCK_ROWS;
      int rows = form.blockRows(first);
      float[] copy = scratch.floats(WINDOWS, form.windowSize(rows));
      Rows windows = form.windows(first, rows, source.array(), source.offset() + series * form.sourceRows() * form.inChannels(),
          copy);
      int y0 = result.offset() + (series * form.resultRows() + first) * channels;
      if (bias != null) {
        for (int t = 0; t < rows; t++) System.arraycopy(bias.array(), bias.offset(), result.array(), y0 + t * channels, channels);
      }
      multiply(rows, windows, weights, panels, new Result(result.array(), y0, channels), bias != null);
    });
  }

  /// The result rows of one block: for each group one product, or one per tap where taps do not lie side by side.
  private void multiply(int rows, Rows windows, ConvolutionPanels weights, float[] panels, Result result, boolean add) {
    Correlation form = weights.form();
    int depth = form.groupInChannels();
    int columns = form.groupOutChannels();
    int taps = form.tapsTogether();
    for (int group = 0; group < form.groups(); group++) {
      for (int tap = 0; tap < form.kernel(); tap += taps) {
        Rows left = windows.from(0, tap * form.dilation() * form.inChannels() + group * depth);
        block.multiply(rows, columns, taps * depth, left, weights.of(group, tap, panels), result.from(0, group * columns),
            add || tap > 0);
      }
    }
  }
}
