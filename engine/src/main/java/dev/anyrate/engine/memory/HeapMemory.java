package dev.anyrate.engine.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Arrays on the Java heap, reused by size class so that a training step in steady state allocates none.
///
/// Size classes step by a quarter of a power of two (…, 1024, 1280, 1536, 1792, 2048, …): at most a fifth of an array is unused, and
/// batches of slightly different lengths share arrays. Thread-safe.
public final class HeapMemory implements MemoryPool {
  /// Below this many floats every request shares one class.
  private static final int SMALLEST_CLASS = 64;

  private final MemoryPolicy policy;
  private final Map<Integer, ArrayDeque<float[]>> free = new HashMap<>();
  private long bytesInUse;
  private long peakBytesInUse;
  private long bytesAllocated;

  /// @param policy reuse and filling
  public HeapMemory(MemoryPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Storage allocate(int size) {
    float[] array = take(policy.reuse() ? sizeClass(size) : size);
    if (policy.poison()) Arrays.fill(array, Float.NaN);
    return new HeapStorage(array, 0, size, this);
  }

  @Override
  public boolean reuses() {
    return policy.reuse();
  }

  private synchronized float[] take(int length) {
    var returned = free.get(length);
    float[] array = returned == null ? null : returned.pollLast();
    if (array == null) {
      array = create(length);
      bytesAllocated += bytes(array);
    }
    bytesInUse += bytes(array);
    peakBytesInUse = Math.max(peakBytesInUse, bytesInUse);
    return array;
  }

  /// A new array. Where the heap is full, the arrays that wait for reuse make room: they may all be of other classes.
  private float[] create(int length) {
    try {
      return new float[length];
    } catch (OutOfMemoryError _) {
      free.clear();
      return new float[length];
    }
  }

  synchronized void takeBack(float[] array) {
    bytesInUse -= bytes(array);
    if (policy.reuse()) free.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).addLast(array);
  }

  @Override
  public synchronized void trim() {
    free.clear();
  }

  @Override
  public synchronized long bytesInUse() {
    return bytesInUse;
  }

  @Override
  public synchronized long peakBytesInUse() {
    return peakBytesInUse;
  }

  @Override
  public synchronized long bytesAllocated() {
    return bytesAllocated;
  }

  @Override
  public long capacity() {
    return Runtime.getRuntime().maxMemory();
  }

  /// The smallest class that holds `size` floats.
  public static int sizeClass(int size) {
    if (size <= SMALLEST_CLASS) return SMALLEST_CLASS;
    int step = Integer.highestOneBit(size - 1) / 4;
    long rounded = ((long) size + step - 1) / step * step;
    return rounded > Integer.MAX_VALUE - 8 ? size : (int) rounded;
  }

  /// The largest class of at most `size` floats, or the smallest of all.
  static int sizeClassBelow(int size) {
    if (size <= SMALLEST_CLASS) return SMALLEST_CLASS;
    int step = Integer.highestOneBit(size) / 4;
    return size / step * step;
  }

  private static long bytes(float[] array) {
    return (long) array.length * Float.BYTES;
  }
}
