package dev.anyrate.augment.pairs;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// One pass over the batches of an epoch, prepared ahead by loader threads and handed over in order.
///
/// A bounded number of batches is under way at any time: taking one starts the next. No thread ever waits for the trainer, so an
/// epoch that is given up half-way leaves nothing behind: its threads end by themselves, at once with [#close()], else within a
/// second. A pass can be made once; ask the dataset for another. For one consuming thread.
public final class PairedEpoch implements Iterable<PairedBatch>, AutoCloseable {
  private static final int BATCHES_AHEAD_PER_THREAD = 2;

  private final int end;
  private final IntFunction<PairedBatch> assembler;
  private final ThreadPoolExecutor loaders;
  private final Queue<Future<PairedBatch>> underWay = new ArrayDeque<>();
  private int next; // the next batch to start
  private boolean taken;

  /// Starts loading.
  ///
  /// @param first     the first batch
  /// @param end       the batch after the last one
  /// @param threads   count of loader threads
  /// @param assembler makes the batch of a number, in any thread
  PairedEpoch(int first, int end, int threads, IntFunction<PairedBatch> assembler) {
    this.end = end;
    this.assembler = assembler;
    this.next = first;
    var daemons = Thread.ofPlatform().daemon().name("anyrate-loader-", 0).factory();
    this.loaders = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
    loaders.allowCoreThreadTimeOut(true);
    for (int i = 0; i < BATCHES_AHEAD_PER_THREAD * threads; i++) startNext();
  }

  private void startNext() {
    if (next == end) return;
    int batch = next++;
    underWay.add(loaders.submit(() -> assembler.apply(batch)));
  }

  /// The pass itself.
  ///
  /// @throws IllegalStateException if it was already asked for
  @Override
  public Iterator<PairedBatch> iterator() {
    if (taken) throw new IllegalStateException("epoch: an epoch can be passed through once; ask the dataset for another");
    taken = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !underWay.isEmpty();
      }

      @Override
      public PairedBatch next() {
        return take();
      }
    };
  }

  private PairedBatch take() {
    Future<PairedBatch> oldest = underWay.poll();
    if (oldest == null) throw new NoSuchElementException("epoch: no batch left");
    try {
      startNext();
      PairedBatch batch = oldest.get();
      if (underWay.isEmpty()) close();
      return batch;
    } catch (ExecutionException failure) {
      close();
      throw unwrapped(failure);
    } catch (InterruptedException _) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("epoch: interrupted while a batch was prepared");
    }
  }

  /// What the augmentation threw, as if it had been called here.
  private static RuntimeException unwrapped(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case Throwable other -> new IllegalStateException("epoch: a batch could not be prepared", other);
    };
  }

  /// Gives up what is left and waits until the loader threads have ended. Not needed after the last batch; harmless if repeated.
  @Override
  public void close() {
    underWay.clear();
    loaders.shutdownNow();
    loaders.close();
  }
}
