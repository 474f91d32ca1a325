package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.DropoutKernels;
import dev.anyrate.engine.memory.Storage;

/// Dropout: `dropout.cl`.
final class OpenClDropout implements DropoutKernels {
  private final CommandQueue queue;

  OpenClDropout(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void dropout(int size, float rate, long seed, Storage step, Storage x, Storage y) {
    queue.launch(Family.DROPOUT, "dropout").with(size).with(rate).with((int) (seed >>> 32)).with((int) seed).with(step).with(x)
        .with(y).overItems(size);
  }
}
