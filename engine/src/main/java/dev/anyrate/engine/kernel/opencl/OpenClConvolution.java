package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.memory.Storage;

/// One-dimensional convolution as implicit matrix products: `convolution.cl`. No window is ever copied.
final class OpenClConvolution implements ConvolutionKernels {
  /// Rows of dY whose share of the weights' gradient is summed in one go; more where there would be more than [#MOST_CHUNKS] of them.
  private static final int ROWS_OF_CHUNK = 1024;
  private static final int MOST_CHUNKS = 64;

  private final CommandQueue queue;
  private final DeviceMemory memory;

  OpenClConvolution(CommandQueue queue, DeviceMemory memory) {
    this.queue = queue;
    this.memory = memory;
  }

  @Override
  public void conv1d(Conv1dGeometry g, Storage x, Storage weight, Storage bias, Storage y) {
    int[] windows = {g.length(), g.outLength(), g.stride(), 1, g.dilation(), -g.padding()};
    correlate(g, windows, false, g.batch(), x, weight, bias, y);
  }

  /// A correlation of dY with the taps in reverse: `dX[s]` takes part in result t where s = t·stride + k·dilation − padding, so t = (s − k·dilation + padding)/stride.
  @Override
  public void conv1dBackwardInput(Conv1dGeometry g, Storage dY, Storage weight, Storage dX) {
    int[] windows = {g.outLength(), g.length(), 1, g.stride(), -g.dilation(), g.padding()};
    correlate(g, windows, true, g.batch(), dY, weight, null, dX);
  }

  /// @param windows  the struct `Windows` of `convolution.cl`
  /// @param backward whether output channels are summed over, instead of input channels
  private void correlate(Conv1dGeometry g, int[] windows, boolean backward, int batch, Storage from, Storage weight, Storage bias,
      Storage to) {
    int depth = backward ? g.groupOutChannels() : g.groupInChannels();
    int width = backward ? g.groupInChannels() : g.groupOutChannels();
    int rows = batch * windows[1];
    if (rows == 0 || width == 0) return;
    Tuning tuning = queue.tuning(Family.CONVOLUTION);
    int panels = Math.ceilDiv(width, tuning.tileColumns());
    try (Storage packed = memory.temporary(g.groups(), panels, g.kernel(), depth, tuning.tileColumns())) {
      queue.launch(Family.CONVOLUTION, "packWeights").with(g.kernel()).with(depth).with(width).with(backward).with(weight)
          .with(packed).overGrid((long) panels * tuning.tileColumns(), g.kernel() * depth, g.groups());
      queue.launch(Family.CONVOLUTION, "conv1d").with(windows).with(rows).with(g.kernel()).with(depth).with(width)
          .with(g.groups()).with(from).with(packed).with(bias).with(to)
          .overTiles(Math.ceilDiv(rows, tuning.tileRows()), panels, g.groups());
    }
  }

  @Override
  public void conv1dBackwardWeight(Conv1dGeometry g, Storage x, Storage dY, Storage dWeight) {
    int[] windows = {g.length(), g.outLength(), g.stride(), 1, g.dilation(), -g.padding()};
    int size = dWeight.size();
    int rows = g.batch() * g.outLength();
    if (size == 0) return;
    int chunks = Math.clamp(Math.ceilDiv(rows, ROWS_OF_CHUNK), 1, MOST_CHUNKS);
    Tuning tuning = queue.tuning(Family.CONVOLUTION);
    int tiles = Math.ceilDiv(g.groupOutChannels(), tuning.tileRows());
    int panels = Math.ceilDiv(g.groupInChannels(), tuning.tileColumns());
    try (Storage partial = memory.temporary(chunks, size)) { // [chunks, Cout, Cin/groups, K]
      queue.launch(Family.CONVOLUTION, "conv1dBackwardWeight").with(windows).with(rows).with(Math.ceilDiv(rows, chunks))
          .with(g.kernel()).with(g.groupInChannels()).with(g.groupOutChannels()).with(g.groups()).with(x).with(dY).with(partial)
          .overTiles(tiles, (long) panels * g.kernel(), (long) g.groups() * chunks);
      queue.launch(Family.CONVOLUTION, "sumOfChunks").with(size).with(chunks).with(partial).with(dWeight).overItems(size);
    }
  }
}
