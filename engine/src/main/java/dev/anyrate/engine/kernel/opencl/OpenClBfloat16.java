package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.kernel.Bfloat16Kernels;
import dev.anyrate.engine.memory.Storage;

/// Rounding to bfloat16: `bfloat16.cl`.
final class OpenClBfloat16 implements Bfloat16Kernels {
  private final CommandQueue queue;

  OpenClBfloat16(CommandQueue queue) {
    this.queue = queue;
  }

  @Override
  public void pack(int size, Storage x, Storage packed) {
    queue.launch(Family.BFLOAT16, "pack").with(size).with(x).with(packed).overItems(Math.ceilDiv(size, 2));
  }

  @Override
  public void unpack(int size, Storage packed, Storage x) {
    queue.launch(Family.BFLOAT16, "unpack").with(size).with(packed).with(x).overItems(Math.ceilDiv(size, 2));
  }
}
