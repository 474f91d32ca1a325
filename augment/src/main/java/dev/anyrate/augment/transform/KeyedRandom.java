package dev.anyrate.augment.transform;

import java.util.SplittableRandom;

/// Random generators that are looked up, not passed along: each key has its own stream, the same on every machine and in every
/// thread. A series that draws from the stream of (seed, epoch, index, view) gets the same numbers whoever prepares it and when.
public final class KeyedRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private KeyedRandom() {}

  /// The generator of a key, at its beginning.
  ///
  /// @param key any numbers; another order is another key
  public static SplittableRandom of(long... key) {
    long state = key.length;
    for (long part : key) state = mix(state + GOLDEN_GAMMA ^ mix(part + GOLDEN_GAMMA));
    return new SplittableRandom(state);
  }

  /// The finaliser of SplitMix64: every bit of the result depends on every bit of the argument.
  private static long mix(long z) {
    long once = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ once >>> 27) * 0x94D049BB133111EBL;
    return twice ^ twice >>> 31;
  }
}
