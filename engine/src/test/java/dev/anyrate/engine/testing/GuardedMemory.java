package dev.anyrate.engine.testing;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/// Memory that finds kernels which leave their storages: each storage is a window inside a larger array, with a guard zone on either side.
///
/// Everything starts as NaN, so what is read before it is written, or read beyond an end, shows in the result. Offsets are never 0 and differ
/// from storage to storage, so a kernel that takes one operand's offset for another's is found too. Arrays are not reused.
public final class GuardedMemory implements Memory {
  private static final int GUARD = 32;
  private static final int GUARD_BITS = 0x7fc0_dead; // a NaN that arithmetic does not make
  private static final int OFFSETS = 7;

  private final Map<float[], HeapStorage> guarded = new IdentityHashMap<>();

  @Override
  public Storage allocate(int size) {
    int offset = GUARD + 1 + guarded.size() % OFFSETS;
    float[] array = new float[offset + size + GUARD];
    Arrays.fill(array, Float.intBitsToFloat(GUARD_BITS));
    Arrays.fill(array, offset, offset + size, Float.NaN);
    HeapStorage storage = HeapStorage.wrap(array, offset, size);
    guarded.put(array, storage);
    return storage;
  }

  @Override
  public boolean reuses() {
    return false;
  }

  /// @param user names who used the storage last, for the message
  /// @throws AssertionError if a guard zone of this storage was written to
  public void check(String user, Storage storage) {
    HeapStorage heap = HeapStorage.of(storage);
    float[] array = heap.array();
    if (!guarded.containsKey(array)) throw new AssertionError(user + ": a storage of another memory");
    for (int i = 0; i < array.length; i++) {
      boolean inside = i >= heap.offset() && i < heap.offset() + heap.size();
      if (inside || Float.floatToRawIntBits(array[i]) == GUARD_BITS) continue;
      throw new AssertionError(user + ": wrote " + array[i] + " at index " + (i - heap.offset()) + " of a storage of "
          + heap.size() + " floats");
    }
  }
}
