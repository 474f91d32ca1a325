package dev.anyrate.engine.parallel;

import java.util.concurrent.atomic.AtomicBoolean;

/// Runs the parts of a kernel on a fixed number of threads.
///
/// How work is cut into parts depends on the work alone, never on the number of threads, and parts write disjoint results (sums over
/// parts are added in the order of the parts). So results are bit-identical for any number of threads.
///
/// A training step hands out some hundred kernels of a few tens of microseconds to milliseconds each, one right after the other. So a call allocates nothing, and a
/// worker that has nothing to do watches for the next call for a while before it sleeps; see [Crew].
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
  private final Crew crew; // null for one thread
  private final AtomicBoolean busy = new AtomicBoolean();

  /// @param threads at least 1; with 1 everything runs on the calling thread
  public Workers(int threads) {
    if (threads < 1) throw new IllegalArgumentException("threads: " + threads + "; at least 1 is needed");
    this.threads = threads;
    this.crew = threads == 1 ? null : new Crew(threads - 1);
  }

  /// Number of threads, the calling one included.
  public int threads() {
    return threads;
  }

  /// Runs `part.run(0) … part.run(parts - 1)`, in any order and on any thread, and returns when all are done. A part that itself calls this method runs its parts on its
  /// own thread.
  public void run(int parts, Part part) {
    if (parts <= 1 || !claim()) {
      for (int i = 0; i < parts; i++) part.run(i);
      return;
    }
    try {
      crew.run(parts, part);
    } finally {
      busy.set(false);
    }
  }

  /// Cuts `0 … total` into ranges of `grain` elements (the last may be shorter) and runs them.
  ///
  /// @param grain elements of a range; a property of the kernel, so that the cut is the same for any number of threads
  public void runRanges(int total, int grain, Range range) {
    if (total <= grain || !claim()) {
      for (int from = 0, size; from < total; from += size) {
        size = Math.min(grain, total - from);
        range.run(from, from + size);
      }
      return;
    }
    try {
      crew.run(total, grain, range);
    } finally {
      busy.set(false);
    }
  }

  /// Takes the other threads for one call; false if there are none, or they are in the middle of one.
  private boolean claim() {
    return crew != null && busy.compareAndSet(false, true);
  }

  @Override
  public void close() {
    if (crew != null) crew.close();
  }
}
