package dev.anyrate.engine.kernel;

/// Which elements dropout keeps, on every backend.
public final class DropoutMask {
  private DropoutMask() {}

  /// Whether an element is kept. The bits come from SplitMix64 (Steele, Lea and Flood 2014, <https://doi.org/10.1145/2660193.2660195>) at the place
  /// `start + step·2³² + element` of its sequence.
  ///
  /// @param start of the seed, see [#start]
  public static boolean keeps(float rate, long start, int step, int element) {
    long place = start + ((long) step << 32) + element;
    return (mixed(place * 0x9e3779b97f4a7c15L) >>> 40) * 0x1p-24f >= rate;
  }

  /// Where the draws of a seed begin: far from those of its neighbours, which else would be the same ones moved by an element.
  public static long start(long seed) {
    return mixed(seed);
  }

  private static long mixed(long bits) {
    long z = bits;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
