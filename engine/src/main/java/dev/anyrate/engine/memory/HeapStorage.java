package dev.anyrate.engine.memory;

import java.util.Objects;

/// Numbers on the Java heap: a window of a `float[]`.
public final class HeapStorage extends Storage {
  private final float[] array;
  private final int offset;
  private final HeapMemory memory;

  /// @param memory takes the array back on close; null for an array that is not pooled
  HeapStorage(float[] array, int offset, int size, HeapMemory memory) {
    super(size);
    Objects.checkFromIndexSize(offset, size, array.length);
    this.array = array;
    this.offset = offset;
    this.memory = memory;
  }

  /// A storage over the caller's own array, without a copy. Not pooled.
  ///
  /// @param array  holds the numbers; stays the caller's
  /// @param offset index of the first one
  /// @param size   how many
  public static HeapStorage wrap(float[] array, int offset, int size) {
    return new HeapStorage(array, offset, size, null);
  }

  /// The heap storage that holds the numbers of `storage`.
  ///
  /// @throws IllegalArgumentException if it belongs to a device
  public static HeapStorage of(Storage storage) {
    if (storage.place() instanceof HeapStorage heap) return heap;
    throw new IllegalArgumentException(
        "storage of " + storage.size() + " floats is on a device, this backend works on the heap; use tensors"
            + " only with the engine that made them");
  }

  private HeapStorage(HeapStorage whole, int from, int count) {
    super(count, whole);
    Objects.checkFromIndexSize(from, count, whole.size());
    this.array = whole.array;
    this.offset = whole.offset + from;
    this.memory = null;
  }

  @Override
  public HeapStorage window(int from, int count) {
    requireOpen();
    return new HeapStorage(this, from, count);
  }

  /// The array that holds the numbers, from [#offset()] on. It may be longer than the storage.
  public float[] array() {
    requireOpen();
    return array;
  }

  /// Index of the first number in [#array()].
  public int offset() {
    return offset;
  }

  @Override
  protected void release() {
    if (memory != null) memory.takeBack(array);
  }
}
