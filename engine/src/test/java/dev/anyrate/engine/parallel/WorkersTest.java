package dev.anyrate.engine.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsEachPartOnce(int threads) {
    try (var workers = new Workers(threads)) {
      assertEquals(threads, workers.threads());
      for (int parts : new int[] {0, 1, 2, 7, 100}) {
        var runs = new AtomicIntegerArray(parts);
        workers.run(parts, runs::incrementAndGet);
        for (int i = 0; i < parts; i++) assertEquals(1, runs.get(i), "part " + i + " of " + parts);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void cutsRangesByTheGrainAlone(int threads) {
    try (var workers = new Workers(threads)) {
      assertEquals(Set.of("0-4", "4-8", "8-10"), rangesOf(workers, 10, 4));
      assertEquals(Set.of("0-4"), rangesOf(workers, 4, 4));
      assertEquals(Set.of(), rangesOf(workers, 0, 4));
    }
  }

  /// As parts in a language without declared exceptions may do.
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUndeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  @Timeout(60)
  void anExceptionThatNoPartDeclaresReachesTheCaller() {
    try (var workers = new Workers(3)) {
      for (int round = 0; round < 10; round++) {
        assertThrows(IOException.class,
            () -> workers.run(64, _ -> WorkersTest.<RuntimeException>throwUndeclared(new IOException("of a part"))));
      }
    }
  }

  @Test
  void usesSeveralThreadsAtATime() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    var allArrived = new CountDownLatch(3);
    try (var workers = new Workers(3)) {
      workers.run(3, _ -> {
        seen.add(Thread.currentThread());
        allArrived.countDown();
        await(allArrived); // no thread can run two parts
      });
    }
    assertEquals(3, seen.size());
  }

  /// What a thread wrote in one kernel is in its cache when the next one reads it.
  @Test
  void eachThreadTakesNeighbouringParts() {
    Thread caller = Thread.currentThread();
    var pair = new CyclicBarrier(2); // neither thread can take a part while the other has none
    try (var workers = new Workers(2)) {
      workers.run(6, i -> {
        assertEquals(i < 3, Thread.currentThread() == caller, "part " + i);
        await(pair);
      });
    }
  }

  @Test
  void oneThreadIsTheCallingOne() {
    Thread caller = Thread.currentThread();
    try (var workers = new Workers(1)) {
      workers.run(3, _ -> assertSame(caller, Thread.currentThread()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void passesOnTheFaultOfAPart(int threads) {
    try (var workers = new Workers(threads)) {
      assertThrows(ArithmeticException.class, () -> workers.run(10, i -> {
        if (i == 7) throw new ArithmeticException("part 7");
      }));
      workers.run(2, _ -> {}); // and can be used afterwards
    }
  }

  @Test
  void aPartMayItselfBeSplit() {
    var sum = new AtomicIntegerArray(1);
    try (var workers = new Workers(2)) {
      workers.run(4, _ -> workers.run(4, _ -> sum.incrementAndGet(0)));
    }
    assertEquals(16, sum.get(0));
  }

  /// A call begins while workers still leave the one before, or fall asleep: what they took must belong to the call they took it from.
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void manyShortCallsFollowEachOther(int threads) {
    var runs = new AtomicIntegerArray(9);
    int calls = 20_000;
    try (var workers = new Workers(threads)) {
      for (int call = 0; call < calls; call++) {
        int parts = 2 + call % 8;
        workers.run(parts, runs::incrementAndGet);
        if (call % 1000 == 0) LockSupport.parkNanos(300_000); // longer than a worker watches
      }
    }
    for (int i = 0; i < 9; i++) {
      int part = i;
      assertEquals(IntStream.range(0, calls).filter(call -> part < 2 + call % 8).count(), runs.get(i), "part " + i);
    }
  }

  @Test
  void aCallAllocatesNothing() {
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Workers.Range range = (_, _) -> {};
    try (var workers = new Workers(2)) {
      for (int i = 0; i < 1000; i++) workers.runRanges(100, 10, range);
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) workers.runRanges(100, 10, range);
      assertEquals(0, (thread.getCurrentThreadAllocatedBytes() - before) / 1000, "bytes a call");
    }
  }

  @Test
  void needsAThread() {
    assertEquals("threads: 0; at least 1 is needed",
        assertThrows(IllegalArgumentException.class, () -> new Workers(0)).getMessage());
  }

  @Test
  void scratchIsKeptPerThreadAndSlot() {
    var scratch = new Scratch("test", 2);
    float[] first = scratch.floats(0, 100);
    assertSame(first, scratch.floats(0, 50), "large enough is kept");
    assertNotSame(first, scratch.floats(1, 50));
    assertEquals(200, scratch.floats(0, 101).length, "grows by doubling");
    List<float[]> others = Collections.synchronizedList(new ArrayList<>());
    try (var workers = new Workers(2)) {
      var bothArrived = new CountDownLatch(2);
      workers.run(2, _ -> {
        others.add(scratch.floats(0, 10));
        bothArrived.countDown();
        await(bothArrived);
      });
    }
    assertNotSame(others.getFirst(), others.getLast());
  }

  private static Set<String> rangesOf(Workers workers, int total, int grain) {
    var ranges = new ConcurrentLinkedQueue<String>();
    workers.runRanges(total, grain, (from, to) -> ranges.add(from + "-" + to));
    return Set.copyOf(ranges);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the parts did not run at the same time", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS), "the parts did not run at the same time");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
