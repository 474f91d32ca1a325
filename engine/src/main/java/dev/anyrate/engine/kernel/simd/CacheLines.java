package dev.anyrate.engine.kernel.simd;

import dev.anyrate.engine.parallel.Scratch;

/// Memory read once in its order, by a kernel that will read it in another: the machine foresees the one and not the other.
final class CacheLines {
  private static final int LINE = 64 / Float.BYTES;

  private static final Scratch SCRATCH = new Scratch("cache lines", 1);

  private CacheLines() {}

  /// Reads one number of each line of `size` floats, which should be less than a second-level cache has.
  static void bringIn(int size, float[] x, int x0) {
    int end = x0 + size;
    float even = 0;
    float odd = 0;
    int i = x0;
    for (; i < end - LINE; i += 2 * LINE) {
      even += x[i];
      odd += x[i + LINE];
    }
    if (i < end) even += x[i];
    SCRATCH.floats(0, 1)[0] = even + odd; // else the compiler would leave out the loop
  }
}
