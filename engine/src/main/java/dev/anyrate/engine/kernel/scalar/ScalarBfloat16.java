package dev.anyrate.engine.kernel.scalar;

import dev.anyrate.engine.kernel.Bfloat16Kernels;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;

/// Rounding to bfloat16. The numbers are taken as bits here, since arithmetic may change those of a NaN.
public final class ScalarBfloat16 implements Bfloat16Kernels {
  /// The bits of a float that are kept.
  public static final int UPPER_HALF = 0xffff_0000;

  /// What every NaN becomes.
  public static final int QUIET_NAN = 0x7fc0_0000;

  private final Workers workers;

  /// @param workers threads to run on
  public ScalarBfloat16(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void pack(int size, Storage x, Storage packed) {
    float[] from = HeapStorage.of(x).array();
    int x0 = HeapStorage.of(x).offset();
    float[] to = HeapStorage.of(packed).array();
    int packed0 = HeapStorage.of(packed).offset();
    int half = Math.ceilDiv(size, 2);
    workers.runRanges(half, Grain.of(8), (begin, end) -> {
      for (int i = begin; i < end; i++) {
        int upper = round(from[x0 + i]);
        int lower = half + i < size ? round(from[x0 + half + i]) : 0;
        to[packed0 + i] = Float.intBitsToFloat(upper | lower >>> 16);
      }
    });
  }

  /// Of the two numbers around a float that have a lower half of 0, the nearer one. To its bits, half of the distance between these two is added, and what then stands in the lower half is
  /// cut off; a little less than half if the upper half is even already. A carry runs on into the exponent, where it belongs: the number behind the largest one is infinity.
  ///
  /// @return its bits
  public static int round(float value) {
    if (Float.isNaN(value)) return QUIET_NAN;
    int bits = Float.floatToRawIntBits(value);
    int odd = bits >>> 16 & 1;
    return bits + 0x7fff + odd & UPPER_HALF;
  }

  @Override
  public void unpack(int size, Storage packed, Storage x) {
    float[] from = HeapStorage.of(packed).array();
    int packed0 = HeapStorage.of(packed).offset();
    float[] to = HeapStorage.of(x).array();
    int x0 = HeapStorage.of(x).offset();
    int half = Math.ceilDiv(size, 2);
    workers.runRanges(half, Grain.of(4), (begin, end) -> {
      for (int i = begin; i < end; i++) {
        int bits = Float.floatToRawIntBits(from[packed0 + i]);
        to[x0 + i] = Float.intBitsToFloat(bits & UPPER_HALF);
        if (half + i < size) to[x0 + half + i] = Float.intBitsToFloat(bits << 16);
      }
    });
  }
}
