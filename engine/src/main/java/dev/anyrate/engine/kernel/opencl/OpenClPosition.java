package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.PositionFrequency;
import dev.anyrate.engine.kernel.PositionKernels;
import dev.anyrate.engine.memory.Storage;

/// Where rows stand in time: `position.cl`.
final class OpenClPosition implements PositionKernels {
  private final CommandQueue queue;

  OpenClPosition(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void windowCounts(int batch, int window, int stride, int padding, Storage lengths, Storage counts) {
    queue.launch(Family.POSITION, "windowCounts").with(batch).with(window).with(stride).with(padding).with(lengths).with(counts)
        .overItems(batch);
  }

  /// The frequencies rise geometrically: two numbers say them all.
  @Override
  public void addRelativePositions(int batch, int length, int channels, int stride, Storage x, Storage lengths, Storage y) {
    double slowest = PositionFrequency.of(0, channels);
    double ratio = channels > 2 ? PositionFrequency.of(2, channels) / slowest : 1;
    queue.launch(Family.POSITION, "addRelativePositions").with(length).with(channels).with(stride).with((float) slowest)
        .with((float) Math.log(ratio)).with(x).with(lengths).with(y).overGrid(channels, length, batch);
  }
}
