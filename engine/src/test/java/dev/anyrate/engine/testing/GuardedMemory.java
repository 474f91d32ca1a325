package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/// Memory that finds kernels which leave their storages: each storage is a window inside a larger one of the backend, with a guard zone on either side.
///
/// Everything starts as NaN, so what is read before it is written, or read beyond an end, shows in the result. Offsets are never 0 and differ
/// from storage to storage, so a kernel that takes one operand's offset for another's is found too.
public final class GuardedMemory implements Memory {
  private static final int GUARD = 32;
  private static final int GUARD_BITS = 0x7fd0_0000; // a NaN that arithmetic does not make
  private static final int GUARDS = 1 << 20; // up to the bit that GUARD_BITS sets
  private static final int OFFSETS = 7;

  /// Where a window is.
  ///
  /// @param bits of its guard zones; each storage has its own, since arithmetic hands NaN on as it is: what was computed from one guard zone shows in another
  private record Guarded(Storage whole, int offset, int bits) {}

  private final Kernels backend;
  private final Map<Storage, Guarded> guarded = new IdentityHashMap<>(); // by window

  /// On the heap.
  public GuardedMemory() {
    this(Backends.choose("scalar").provider().open(new Workers(1), MemoryPolicy.POOLED));
  }

  /// @param backend whose storages are guarded
  public GuardedMemory(Kernels backend) {
    this.backend = backend;
  }

  @Override
  public Storage allocate(int size) {
    int bits = GUARD_BITS + guarded.size() % GUARDS;
    int offset = GUARD + 1 + guarded.size() % OFFSETS;
    float[] numbers = new float[offset + size + GUARD];
    Arrays.fill(numbers, Float.intBitsToFloat(bits));
    Arrays.fill(numbers, offset, offset + size, Float.NaN);
    Storage whole = backend.memory().allocate(numbers.length);
    backend.transfer().upload(numbers, 0, whole);
    Storage window = whole.window(offset, size);
    guarded.put(window, new Guarded(whole, offset, bits));
    return window;
  }

  @Override
  public boolean reuses() {
    return false;
  }

  /// @param user names who used the storage last, for the message
  /// @throws AssertionError if a guard zone of this storage was written to
  public void check(String user, Storage storage) {
    Guarded place = guarded.get(storage.place());
    if (place == null) throw new AssertionError(user + ": a storage of another memory");
    float[] numbers = Numbers.download(backend, place.whole);
    for (int i = 0; i < numbers.length; i++) {
      boolean inside = i >= place.offset && i < place.offset + storage.size();
      if (inside || Float.floatToRawIntBits(numbers[i]) == place.bits) continue;
      throw new AssertionError(user + ": wrote " + numbers[i] + " at index " + (i - place.offset) + " of a storage of "
          + storage.size() + " floats");
    }
  }
}
