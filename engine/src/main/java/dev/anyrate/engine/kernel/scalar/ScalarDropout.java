package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.DropoutKernels;
import dev.anyrate.engine.kernel.DropoutMask;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Dropout.
public final class ScalarDropout implements DropoutKernels {
  private final Workers workers;

  /// @param workers threads to run on
  public ScalarDropout(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void dropout(int size, float rate, long seed, Storage step, Storage x, Storage y) {
    long start = DropoutMask.start(seed);
    int now = Floats.of(step).whole(0);
    var xs = Floats.of(x);
    var ys = Floats.of(y);
    workers.runRanges(size, Grain.of(6), (from, to) -> {
      for (int i = from; i < to; i++) {
        ys.set(i, DropoutMask.keeps(rate, start, now, i) ? xs.at(i) / (1 - rate) : 0);
      }
    });
  }
}
