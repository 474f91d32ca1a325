package dev.anyrate.engine.testing;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import java.util.SplittableRandom;

/// Seeded numbers, and their way into storages and back.
public final class Numbers {
  private Numbers() {}

  /// Numbers between −1 and 1.
  public static float[] random(int size, long seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) values[i] = random.nextFloat(-1, 1);
    return values;
  }

  /// A new storage with these numbers.
  public static Storage upload(Kernels kernels, float... values) {
    Storage storage = kernels.memory().allocate(values.length);
    kernels.transfer().upload(values, 0, storage);
    return storage;
  }

  /// A copy of a storage's numbers.
  public static float[] download(Kernels kernels, Storage storage) {
    float[] values = new float[storage.size()];
    kernels.transfer().download(storage, values, 0);
    return values;
  }
}
