package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.PoolingKernels;
import dev.anyrate.engine.memory.Storage;

/// Statistics over the valid samples of a series: `pooling.cl`. Forward a work-item takes a channel of a series, backward one sample of it.
final class OpenClPooling implements PoolingKernels {
  private final CommandQueue queue;

  OpenClPooling(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void meanOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y) {
    launch("meanOverTime", length, channels).with(x).with(lengths).with(y).overGrid(channels, batch, 1);
  }

  @Override
  public void meanOverTimeBackward(int batch, int length, int channels, Storage lengths, Storage dY, Storage dX) {
    launch("meanOverTimeBackward", length, channels).with(lengths).with(dY).with(dX).overGrid(channels, length, batch);
  }

  @Override
  public void maxOverTime(int batch, int length, int channels, Storage x, Storage lengths, Storage y, Storage position) {
    launch("maxOverTime", length, channels).with(x).with(lengths).with(y).with(position).overGrid(channels, batch, 1);
  }

  @Override
  public void maxOverTimeBackward(int batch, int length, int channels, Storage position, Storage dY, Storage dX) {
    launch("maxOverTimeBackward", length, channels).with(position).with(dY).with(dX).overGrid(channels, length, batch);
  }

  @Override
  public void statisticsOverTime(int batch, int length, int channels, float epsilon, Storage x, Storage lengths, Storage y,
      Storage position) {
    launch("statisticsOverTime", length, channels).with(epsilon).with(x).with(lengths).with(y).with(position)
        .overGrid(channels, batch, 1);
  }

  @Override
  public void statisticsOverTimeBackward(int batch, int length, int channels, Storage x, Storage lengths, Storage y,
      Storage position, Storage dY, Storage dX) {
    launch("statisticsOverTimeBackward", length, channels).with(x).with(lengths).with(y).with(position).with(dY).with(dX)
        .overGrid(channels, length, batch);
  }

  private Launch launch(String kernel, int length, int channels) {
    return queue.launch(Family.POOLING, kernel).with(length).with(channels);
  }
}
