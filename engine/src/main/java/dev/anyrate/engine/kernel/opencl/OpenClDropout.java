package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.DropoutKernels;
import dev.anyrate.engine.kernel.DropoutMask;
import dev.anyrate.engine.memory.Storage;

/// Dropout: `dropout.cl`.
final class OpenClDropout implements DropoutKernels {
  private final CommandQueue queue;

  OpenClDropout(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void dropout(int size, float rate, long seed, Storage step, Storage x, Storage y) {
    long start = DropoutMask.start(seed);
    queue.launch(Family.DROPOUT, "dropout").with(size).with(rate).with((int) (start >>> 32)).with((int) start).with(step).with(x)
        .with(y).overItems(size);
  }
}
