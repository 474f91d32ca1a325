package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.GuardedMemory;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Storages of small whole numbers. Their products and sums are exact in float, so kernels that add in another order must still
/// agree to the last bit.
final class WholeNumbers {
  private static final int LARGEST = 4;

  private final GuardedMemory memory = new GuardedMemory();
  private final SplittableRandom random = new SplittableRandom(7);

  /// A storage of numbers in −4 … 4.
  Storage filled(int size) {
    HeapStorage storage = (HeapStorage) memory.allocate(size);
    for (int i = 0; i < size; i++) storage.array()[storage.offset() + i] = random.nextInt(-LARGEST, LARGEST + 1);
    return storage;
  }

  /// A storage of NaN.
  Storage fresh(int size) {
    return memory.allocate(size);
  }

  /// Fails unless both hold the same numbers, and nothing was written around `actual`.
  void assertSame(String what, Storage expected, Storage actual) {
    memory.check(what, actual);
    Compare.assertSameBits(what, values(expected), values(actual));
  }

  /// The numbers of a storage; a zero has no sign here.
  static float[] values(Storage storage) {
    HeapStorage heap = (HeapStorage) storage;
    float[] values = Arrays.copyOfRange(heap.array(), heap.offset(), heap.offset() + heap.size());
    for (int i = 0; i < values.length; i++) values[i] += 0f; // −0 becomes 0
    return values;
  }
}
