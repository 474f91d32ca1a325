package dev.anyrate.augment.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PairedEpochTest {
  private final Set<Thread> loaders = ConcurrentHashMap.newKeySet();
  private final AtomicInteger made = new AtomicInteger();
  private final IntFunction<PairedBatch> assembler = batch -> {
    loaders.add(Thread.currentThread());
    made.incrementAndGet();
    return new PairedBatch(new float[0], new int[0], new float[0], new int[0], batch, 1, 1);
  };

  @Test
  void handsOverInOrderWhateverThreadIsFirst() {
    IntFunction<PairedBatch> evenOnesAreSlow = batch -> {
      if (batch % 2 == 0) sleep(3);
      return assembler.apply(batch);
    };
    int expected = 0;
    for (PairedBatch batch : new PairedEpoch(0, 20, 4, evenOnesAreSlow)) assertEquals(expected++, batch.batchSize());
    assertEquals(20, expected);
  }

  @Test
  void leavesNoThreadAfterTheLastBatch() {
    new PairedEpoch(0, 10, 3, assembler).forEach(_ -> {});
    assertEquals(10, made.get());
    assertNoThreadWithin(Duration.ofMillis(800));
  }

  @Test
  void leavesNoThreadWhenClosedHalfWay() {
    try (var epoch = new PairedEpoch(0, 1000, 3, assembler)) {
      epoch.iterator().next();
    }
    assertNoThreadWithin(Duration.ofMillis(800)); // idle ones would last a second
    assertTrue(made.get() < 20, made + " batches were made");
  }

  @Test
  void leavesNoThreadWhenForgottenHalfWay() {
    new PairedEpoch(0, 1000, 3, assembler).iterator().next();
    assertNoThreadWithin(Duration.ofSeconds(10));
    assertTrue(made.get() < 20, made + " batches were made");
  }

  @Test
  void preparesABoundedNumberAhead() {
    try (var epoch = new PairedEpoch(0, 1000, 2, assembler)) {
      Iterator<PairedBatch> batches = epoch.iterator();
      for (int taken = 1; taken <= 10; taken++) {
        batches.next();
        sleep(5);
        assertTrue(made.get() <= taken + 4, made + " made, " + taken + " taken");
      }
      assertTrue(made.get() > 10, "nothing was prepared ahead");
    }
  }

  @Test
  void throwsWhatTheLoaderThrewAndEnds() {
    var failure = new IllegalArgumentException("step 2 failed");
    var epoch = new PairedEpoch(0, 1000, 2, batch -> {
      assembler.apply(batch);
      if (batch == 2) throw failure;
      return assembler.apply(batch);
    });
    Iterator<PairedBatch> batches = epoch.iterator();
    batches.next();
    batches.next();
    assertSame(failure, assertThrows(IllegalArgumentException.class, batches::next));
    assertFalse(batches.hasNext());
    assertNoThreadWithin(Duration.ofMillis(800));
  }

  @Test
  void anInterruptedTrainerGetsAnExceptionAndStaysInterrupted() {
    Iterator<PairedBatch> batches = new PairedEpoch(0, 10, 1, batch -> {
      sleep(50);
      return assembler.apply(batch);
    }).iterator();
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, batches::next);
    assertTrue(Thread.interrupted());
  }

  @Test
  void isPassedThroughOnce() {
    try (var epoch = new PairedEpoch(0, 1, 1, assembler)) {
      Iterator<PairedBatch> batches = epoch.iterator();
      batches.next();
      assertThrows(NoSuchElementException.class, batches::next);
      assertThrows(IllegalStateException.class, epoch::iterator);
    }
  }

  private void assertNoThreadWithin(Duration time) {
    Instant end = Instant.now().plus(time);
    while (loaders.stream().anyMatch(Thread::isAlive) && Instant.now().isBefore(end)) sleep(5);
    assertFalse(loaders.stream().anyMatch(Thread::isAlive), "a loader thread is still alive");
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
