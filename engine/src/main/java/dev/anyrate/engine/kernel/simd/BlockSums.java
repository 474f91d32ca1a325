package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// A sum of arrays over the blocks of a batch: blocks are cut into at most [#SUMS] runs, each with a sum of its own, and these are added in order. The same for any
/// number of threads, and more exact than one long sum.
final class BlockSums {
  /// Partial sums at most; bounds their memory, and how many threads can take part.
  private static final int SUMS = 16;

  private final Workers workers;
  private final Scratch scratch = new Scratch(1);

  BlockSums(Workers workers) {
    this.workers = workers;
  }

  /// What one block adds.
  @FunctionalInterface
  interface Block {
    /// @param index of the block, from 0
    /// @param sum   Added to, or overwritten, from `sum0` on.
    /// @param more  whether the sum holds something already
    void addTo(int index, float[] sum, int sum0, boolean more);
  }

  /// @param size floats of the sum
  /// @return work memory that begins with the sum; zeros if there is no block
  float[] of(int blocks, int size, Block block) {
    int run = Math.max(1, Math.ceilDiv(blocks, SUMS));
    int sums = Math.max(1, Math.ceilDiv(blocks, run));
    float[] partial = scratch.floats(0, sums * size);
    if (blocks == 0) Arrays.fill(partial, 0, size, 0);
    workers.run(sums, sum -> {
      for (int i = sum * run; i < Math.min(blocks, (sum + 1) * run); i++) block.addTo(i, partial, sum * size, i > sum * run);
    });
    workers.runRanges(size, Grain.FLOATS, (from, to) -> {
      for (int sum = 1; sum < sums; sum++) ArrayLoops.addScaled(to - from, 1, partial, sum * size + from, partial, from);
    });
    return partial;
  }
}
