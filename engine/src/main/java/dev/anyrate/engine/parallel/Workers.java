package dev.anyrate.engine.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs the parts of a kernel on a fixed number of threads.
///
/// How work is cut into parts depends on the work alone, never on the number of threads, and parts write disjoint results (sums over
/// parts are added in the order of the parts). So results are bit-identical for any number of threads.
public final class Workers implements AutoCloseable {
  /// One part of a kernel's work.
  @FunctionalInterface
  public interface Part {
    /// @param index of the part, from 0
    void run(int index);
  }

  /// A contiguous range of a kernel's work.
  @FunctionalInterface
  public interface Range {
    /// @param from first element
    /// @param to   one past the last
    void run(int from, int to);
  }

  private final int threads;
  private final ForkJoinPool pool;

  /// @param threads at least 1; with 1 everything runs on the calling thread
  public Workers(int threads) {
    if (threads < 1) throw new IllegalArgumentException("threads: " + threads + "; at least 1 is needed");
    this.threads = threads;
    this.pool = threads == 1 ? null : new ForkJoinPool(threads - 1);
  }

  /// Number of threads, the calling one included.
  public int threads() {
    return threads;
  }

  /// Runs `part.run(0) … part.run(parts - 1)`, in any order and on any thread, and returns when all are done.
  public void run(int parts, Part part) {
    if (pool == null || parts <= 1) {
      for (int i = 0; i < parts; i++) part.run(i);
      return;
    }
    var next = new AtomicInteger();
    Runnable drain = () -> {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) part.run(i);
    };
    List<ForkJoinTask<?>> others = new ArrayList<>(threads - 1);
    for (int i = 0; i < Math.min(threads, parts) - 1; i++) others.add(pool.submit(drain));
    try {
      drain.run();
    } finally {
      for (var other : others) other.join();
    }
  }

  /// Cuts `0 … total` into ranges of `grain` elements (the last may be shorter) and runs them.
  ///
  /// @param grain elements of a range; a property of the kernel, so that the cut is the same for any number of threads
  public void runRanges(int total, int grain, Range range) {
    if (total <= grain) {
      if (total > 0) range.run(0, total);
      return;
    }
    run((total + grain - 1) / grain, i -> range.run(i * grain, Math.min(total, (i + 1) * grain)));
  }

  @Override
  public void close() {
    if (pool != null) pool.close();
  }
}
