package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// A sum of arrays over the blocks of a batch: blocks are cut into at most [#SUMS] runs, each with a sum of its own, and these are
/// added in order. The same for any number of threads, and more exact than one long sum.
final class BlockSums {
  /// Partial sums at most; bounds their memory, and how many threads can take part.
  private static final int SUMS = 16;

  /// What a run of blocks adds up to.
  @FunctionalInterface
  interface Run {
    /// @param from first block
    /// @param to   one past the last, above `from`
    /// @param sum  Overwritten from `sum0` on.
    void sum(int from, int to, float[] sum, int sum0);
  }

  private final Workers workers;
  private final Run run;
  private final Scratch scratch = new Scratch(1);
  private final Workers.Part sumRun = this::sumRun;
  private final Workers.Range addSums = this::addSums;

  private int blocks; // of the call in progress
  private int length; // blocks of a run
  private int sums;
  private int size;
  private float[] partial;

  BlockSums(Workers workers, Run run) {
    this.workers = workers;
    this.run = run;
  }

  /// @param size floats of the sum
  /// @return work memory that begins with the sum; zeros if there is no block
  float[] of(int blocks, int size) {
    this.blocks = blocks;
    this.size = size;
    length = Math.max(1, Math.ceilDiv(blocks, SUMS));
    sums = Math.ceilDiv(blocks, length);
    partial = scratch.floats(0, Math.max(1, sums) * size);
    if (blocks == 0) Arrays.fill(partial, 0, size, 0);
    workers.run(sums, sumRun);
    workers.runRanges(size, Grain.FLOATS, addSums);
    return partial;
  }

  private void sumRun(int index) {
    run.sum(index * length, Math.min(blocks, (index + 1) * length), partial, index * size);
  }

  private void addSums(int from, int to) {
    for (int sum = 1; sum < sums; sum++) ArrayLoops.addScaled(to - from, 1, partial, sum * size + from, partial, from);
  }
}
