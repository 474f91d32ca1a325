package dev.anyrate.engine.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Threads that help the calling one with the parts of one call after the other.
///
/// A call is one number, `tickets`: its serial number in the upper half, the count of parts that nobody has taken yet in the lower. Whoever lowers it by one has
/// taken a part, and the call cannot end before that part is done. So the caller waits for parts, never for threads: one that the operating system has not
/// scheduled holds up nothing.
final class Crew implements AutoCloseable {
  /// How long a thread watches for work, or for the last part, before it sleeps. Waking one costs some 50 µs, the gaps between the kernels of a training step are shorter.
  private static final long WATCH_NANOSECONDS = 100_000;
  private static final int CHECKS_PER_CLOCK = 64;

  private final Member[] members;
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final Ranges ranges = new Ranges();
  private int parts; // of the present call; written before tickets, and read only by who took a part
  private Workers.Part part; // likewise
  private volatile Thread caller; // while it may sleep
  private volatile Throwable fault;
  private volatile boolean closed;

  Crew(int size) {
    members = new Member[size];
    for (int i = 0; i < size; i++) members[i] = new Member(i + 1);
    for (Member member : members) member.thread.start();
  }

  /// Runs all parts, together with the calling thread. One call at a time.
  void run(int parts, Workers.Part part) {
    this.parts = parts;
    this.part = part;
    unfinished.set(parts);
    tickets.set((tickets.get() >>> Integer.SIZE) + 1 << Integer.SIZE | parts);
    for (int i = 0; i < Math.min(members.length, parts - 1); i++) members[i].wake();
    takeParts();
    awaitOthers();
    this.part = null; // what it refers to may be large
    Throwable thrown = fault;
    if (thrown == null) return;
    fault = null;
    if (thrown instanceof Error error) throw error;
    throw (RuntimeException) thrown; // a part declares no other
  }

  /// Runs the ranges of a kernel.
  void run(int total, int grain, Workers.Range range) {
    ranges.total = total;
    ranges.grain = grain;
    ranges.range = range;
    run(Math.ceilDiv(total, grain), ranges);
    ranges.range = null;
  }

  /// The ranges of the present call as parts.
  private static final class Ranges implements Workers.Part {
    private int total;
    private int grain;
    private Workers.Range range;

    @Override
    public void run(int index) {
      int from = index * grain;
      range.run(from, from + Math.min(grain, total - from));
    }
  }

  private void takeParts() {
    for (long seen = tickets.get(); (int) seen > 0; seen = tickets.get()) {
      if (!tickets.compareAndSet(seen, seen - 1)) continue;
      try {
        part.run(parts - (int) seen);
      } catch (RuntimeException | Error thrown) {
        fault = thrown;
      }
      if (unfinished.decrementAndGet() == 0) LockSupport.unpark(caller);
    }
  }

  private void awaitOthers() {
    long begin = System.nanoTime();
    for (int checks = 1; unfinished.get() > 0; checks++) {
      Thread.onSpinWait();
      if (checks % CHECKS_PER_CLOCK != 0 || System.nanoTime() - begin < WATCH_NANOSECONDS) continue;
      caller = Thread.currentThread();
      while (unfinished.get() > 0) LockSupport.park(this);
      caller = null;
    }
  }

  private boolean hasWork() {
    return (int) tickets.get() > 0 || closed;
  }

  /// Ends the threads.
  @Override
  public void close() {
    closed = true;
    for (Member member : members) member.end();
  }

  /// One of the threads.
  private final class Member {
    private final Thread thread;
    private volatile boolean asleep;

    /// @param number from 1
    Member(int number) {
      thread = Thread.ofPlatform().daemon().name("anyrate-worker-" + number).unstarted(this::work);
    }

    private void work() {
      while (!closed) {
        takeParts();
        awaitCall();
      }
    }

    private void awaitCall() {
      long begin = System.nanoTime();
      for (int checks = 1; !hasWork(); checks++) {
        Thread.onSpinWait();
        if (checks % CHECKS_PER_CLOCK != 0 || System.nanoTime() - begin < WATCH_NANOSECONDS) continue;
        asleep = true;
        while (!hasWork()) LockSupport.park(Crew.this);
        asleep = false;
      }
    }

    void wake() {
      if (asleep) LockSupport.unpark(thread);
    }

    void end() {
      wake();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
