package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.SoftmaxKernels;
import dev.anyrate.engine.memory.Storage;

/// Softmax over rows, a group of work-items for each: `softmax.cl`.
final class OpenClSoftmax implements SoftmaxKernels {
  private final CommandQueue queue;

  OpenClSoftmax(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void softmax(int rows, int columns, Storage x, Storage y) {
    launch("softmax", columns).with(x).with(y).overGroups(rows);
  }

  @Override
  public void softmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX) {
    launch("softmaxBackward", columns).with(y).with(dY).with(dX).overGroups(rows);
  }

  @Override
  public void logSoftmax(int rows, int columns, Storage x, Storage y) {
    launch("logSoftmax", columns).with(x).with(y).overGroups(rows);
  }

  @Override
  public void logSoftmaxBackward(int rows, int columns, Storage y, Storage dY, Storage dX) {
    launch("logSoftmaxBackward", columns).with(y).with(dY).with(dX).overGroups(rows);
  }

  private Launch launch(String kernel, int columns) {
    return queue.launch(Family.SOFTMAX, kernel).with(columns);
  }
}
