package dev.anyrate.engine.testing;

import java.util.SplittableRandom;

/// Rounding to bfloat16 by its definition, without a trick of bits, and numbers to try it on.
public final class Bfloat16Reference {
  private static final int LOWER_HALF = 0xffff;
  private static final int STEP = 0x1_0000;

  /// Ties to both sides, the edges of every kind of number, and what is none.
  private static final float[] SPECIAL = {0, -0f, 1, -1, bits(0x3f80_8000), bits(0x3f81_8000), bits(0x3f80_8001),
      bits(0x3f81_7fff),
      bits(0xbf80_8000), bits(0xbf81_8000), Float.MIN_VALUE, -Float.MIN_VALUE, bits(0x8000), bits(0x1_8000), bits(0x7f_8000),
      Float.MIN_NORMAL, bits(0x7f_ffff), bits(0x3fff_ffff), Float.MAX_VALUE, -Float.MAX_VALUE, bits(0x7f7f_7fff),
      bits(0x7f7f_8000),
      Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, bits(0x7f80_0001), bits(0xffff_ffff)};

  private Bfloat16Reference() {}

  /// Numbers of all magnitudes. The special ones come first and again at the end, so that they meet vectors and their remainder, and each other.
  public static float[] numbers(int size) {
    var random = new SplittableRandom(size);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) numbers[i] = Float.intBitsToFloat(random.nextInt());
    for (int i = 0; i < Math.min(size, SPECIAL.length); i++) {
      numbers[i] = SPECIAL[i];
      numbers[size - 1 - i] = SPECIAL[i];
    }
    return numbers;
  }

  /// The nearer of the two numbers around x whose lower half is 0; of two equally near ones that whose upper half is even.
  public static float rounded(float x) {
    if (Float.isNaN(x)) return Float.NaN;
    if (Float.isInfinite(x)) return x;
    float towardsZero = bits(Float.floatToRawIntBits(x) & ~LOWER_HALF);
    float away = bits((Float.floatToRawIntBits(x) & ~LOWER_HALF) + STEP);
    double below = Math.abs((double) x - towardsZero);
    double above = Float.isInfinite(away) ? 0x1p128 - Math.abs((double) x) : Math.abs((double) away - x); // infinity stands for the number that would follow
    if (below != above) return below < above ? towardsZero : away;
    return (Float.floatToRawIntBits(towardsZero) & STEP) == 0 ? towardsZero : away;
  }

  private static float bits(int bits) {
    return Float.intBitsToFloat(bits);
  }
}
