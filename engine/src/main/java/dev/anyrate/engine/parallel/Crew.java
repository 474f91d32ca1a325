package dev.anyrate.engine.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Threads that help the calling one with the parts of one call after the other.
///
/// Every thread has a share of the parts, a run of neighbours that it takes in order; when its own is empty, it takes from the shares of the others. So a part stays with
/// one thread from kernel to kernel as long as all are equally fast, and finds in that thread's cache what the part before it left there.
///
/// A share is one number: the serial number of the call in the upper half, the count of parts that nobody has taken yet in the lower. Whoever lowers it by one has
/// taken a part, and the call cannot end before that part is done. So the caller waits for parts, never for threads: one that the operating system has not
/// scheduled holds up nothing.
final class Crew implements AutoCloseable {
  /// How long a thread watches for work, or for the last part, before it sleeps. Waking one costs some 50 µs, the gaps between the kernels of a training step are shorter.
  private static final long WATCH_NANOSECONDS = 100_000;
  private static final int CHECKS_PER_CLOCK = 64;

  /// Numbers from one share to the next: two lines of a cache, as the machine reads them in pairs. Threads that take from their own shares do not disturb each other.
  private static final int SPACING = 16;

  private final Member[] members;
  private final AtomicLongArray shares;
  private final AtomicInteger unfinished = new AtomicInteger();
  private final Ranges ranges = new Ranges();
  private int parts; // of the present call; written before its shares, and read only by who took a part
  private Workers.Part part; // likewise
  private volatile int call; // serial number; written after the shares
  private volatile Thread caller; // while it may sleep
  private volatile Throwable fault;
  private volatile boolean closed;

  Crew(int size) {
    members = new Member[size];
    shares = new AtomicLongArray((size + 2) * SPACING);
    for (int i = 0; i < size; i++) members[i] = new Member(i + 1);
    for (Member member : members) member.thread.start();
  }

  /// Runs all parts, together with the calling thread. One call at a time.
  void run(int parts, Workers.Part part) {
    this.parts = parts;
    this.part = part;
    unfinished.set(parts);
    int next = call + 1;
    for (int seat = 0; seat <= members.length; seat++) {
      shares.setRelease(place(seat), (long) next << Integer.SIZE | firstOf(seat + 1) - firstOf(seat));
    }
    call = next;
    for (int i = 0; i < Math.min(members.length, parts - 1); i++) members[i].wake();
    takeParts(0);
    awaitOthers();
    this.part = null; // what it refers to may be large
    Throwable thrown = fault;
    if (thrown == null) return;
    fault = null;
    throwAsItIs(thrown);
  }

  /// A part declares no exception, but one in a language without such declarations may throw any.
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAsItIs(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /// The part that a thread's share begins with; 0 is the caller's, behind it come the members'.
  private int firstOf(int seat) {
    return (int) ((long) parts * seat / (members.length + 1));
  }

  private static int place(int seat) {
    return (seat + 1) * SPACING;
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

  /// Takes parts until there are none, those of the own share first.
  private void takeParts(int seat) {
    for (int other = seat; other <= members.length; other++) takeShare(other);
    for (int other = 0; other < seat; other++) takeShare(other);
  }

  private void takeShare(int seat) {
    int place = place(seat);
    for (long seen = shares.get(place); (int) seen > 0; seen = shares.get(place)) {
      if (!shares.compareAndSet(place, seen, seen - 1)) continue;
      try {
        part.run(firstOf(seat + 1) - (int) seen);
      } catch (Throwable thrown) { // of whatever kind: without this thread, the caller would wait for ever
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

  /// Ends the threads.
  @Override
  public void close() {
    closed = true;
    for (Member member : members) member.end();
  }

  /// One of the threads.
  private final class Member {
    private final int seat;
    private final Thread thread;
    private volatile boolean asleep;

    /// @param seat from 1; the caller has 0
    Member(int seat) {
      this.seat = seat;
      thread = Thread.ofPlatform().daemon().name("anyrate-worker-" + seat).unstarted(this::work);
    }

    private void work() {
      while (!closed) {
        int present = call;
        takeParts(seat);
        awaitCall(present);
      }
    }

    private void awaitCall(int last) {
      long begin = System.nanoTime();
      for (int checks = 1; isIdle(last); checks++) {
        Thread.onSpinWait();
        if (checks % CHECKS_PER_CLOCK != 0 || System.nanoTime() - begin < WATCH_NANOSECONDS) continue;
        asleep = true;
        while (isIdle(last)) LockSupport.park(Crew.this);
        asleep = false;
      }
    }

    private boolean isIdle(int last) {
      return call == last && !closed;
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
