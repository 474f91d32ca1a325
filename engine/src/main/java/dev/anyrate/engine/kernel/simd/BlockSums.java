package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.parallel.Scratch;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;

/// A sum of arrays over the blocks of a batch: blocks are cut into at most [#SUMS] runs, each with a sum of its own, and these are
/// added in order. The same for any number of threads, and more exact than one long sum.
final class BlockSums {
  /// Partial sums at most; bounds their memory, and how many threads can take part.
  private static final int SUMS = 16;

  /// Floats of all partial sums at most, unless one alone has more: 256 MiB. Weights of 4,096 × 4,096 channels and 5 taps have 134 million at the points of [Winograd], and sixteen
  /// times as many are more than an array holds.
  private static final int MOST_FLOATS = 1 << 26;

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
  private final Scratch scratch;
  private final Workers.Part sumRun = this::sumRun;
  private final Workers.Range addSums = this::addSums;

  private int blocks; // of the call in progress
  private int length; // blocks of a run
  private int sums;
  private int size;
  private float[] partial;

  /// @param operation whose sums they are, for messages
  BlockSums(String operation, Workers workers, Run run) {
    this.workers = workers;
    this.run = run;
    scratch = new Scratch(operation, 1);
  }

  /// @param size floats of the sum
  /// @return work memory that begins with the sum; zeros if there is no block
  float[] of(int blocks, long size) {
    this.blocks = blocks;
    length = runLength(blocks, size);
    sums = Math.ceilDiv(blocks, length);
    partial = scratch.floats(0, Math.max(1, sums) * size);
    this.size = (int) size; // it fits, as all of them do
    if (blocks == 0) Arrays.fill(partial, 0, this.size, 0);
    workers.run(sums, sumRun);
    workers.runRanges(this.size, Grain.FLOATS, addSums);
    return partial;
  }

  /// Blocks of a run: a property of the work, so that results do not depend on the number of threads.
  static int runLength(int blocks, long size) {
    int sums = Math.clamp(MOST_FLOATS / Math.max(1, size), 1, SUMS);
    return Math.max(1, Math.ceilDiv(blocks, sums));
  }

  private void sumRun(int index) {
    run.sum(index * length, Math.min(blocks, (index + 1) * length), partial, index * size);
  }

  private void addSums(int from, int to) {
    for (int sum = 1; sum < sums; sum++) ArrayLoops.addScaled(to - from, 1, partial, sum * size + from, partial, from);
  }
}
