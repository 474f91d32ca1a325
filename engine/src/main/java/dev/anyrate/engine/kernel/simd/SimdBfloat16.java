package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.scalar.ScalarBfloat16.QUIET_NAN;
import static dev.anyrate.engine.kernel.scalar.ScalarBfloat16.UPPER_HALF;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.kernel.Bfloat16Kernels;
import dev.anyrate.engine.kernel.scalar.ScalarBfloat16;
import dev.anyrate.engine.memory.HeapStorage;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.parallel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Rounding to bfloat16, as [ScalarBfloat16] does it: a vector of upper halves and one of lower halves at a time.
final class SimdBfloat16 implements Bfloat16Kernels {
  private static final int HALF = 16; // bits
  private static final int WITHOUT_SIGN = 0x7fff_ffff;
  private static final int INFINITY = 0x7f80_0000;
  private static final int NEARLY_HALF = 0x7fff;

  private final Workers workers;
  private final PackCall pack = new PackCall();
  private final UnpackCall unpack = new UnpackCall();

  SimdBfloat16(Workers workers) {
    this.workers = workers;
  }

  private static final class PackCall implements Workers.Range {
    private int size;
    private int half;
    private HeapStorage x;
    private HeapStorage packed;

    @Override
    public void run(int from, int to) {
      pack(Math.min(to, size - half) - from, x.array(), x.offset() + from, x.offset() + half + from, packed.array(),
          packed.offset() + from);
      if (to > size - half)
        packed.array()[packed.offset() + to - 1] = Float.intBitsToFloat(ScalarBfloat16.round(x.array()[x.offset() + to - 1]));
    }
  }

  @Override
  public void pack(int size, Storage x, Storage packed) {
    pack.size = size;
    pack.half = Math.ceilDiv(size, 2);
    pack.x = HeapStorage.of(x);
    pack.packed = HeapStorage.of(packed);
    workers.runRanges(pack.half, Grain.FLOATS, pack);
  }

  /// @param size  pairs
  /// @param upper index of the first number that goes to upper halves
  /// @param lower index of the first number that goes to lower halves
  private static void pack(int size, float[] x, int upper, int lower, float[] packed, int packed0) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      IntVector pair = round(bits(x, upper + i)).and(UPPER_HALF)
          .or(round(bits(x, lower + i)).lanewise(VectorOperators.LSHR, HALF));
      pair.reinterpretAsFloats().intoArray(packed, packed0 + i);
    }
    for (; i < size; i++) {
      packed[packed0 + i] = Float
          .intBitsToFloat(ScalarBfloat16.round(x[upper + i]) | ScalarBfloat16.round(x[lower + i]) >>> HALF);
    }
  }

  private static IntVector bits(float[] array, int from) {
    return FloatVector.fromArray(FLOATS, array, from).reinterpretAsInts();
  }

  /// The upper halves are the result, the lower ones arbitrary.
  private static IntVector round(IntVector bits) {
    IntVector odd = bits.lanewise(VectorOperators.LSHR, HALF).and(1);
    IntVector nearest = bits.add(odd).add(NEARLY_HALF);
    return nearest.blend(QUIET_NAN, bits.and(WITHOUT_SIGN).compare(VectorOperators.GT, INFINITY));
  }

  private static final class UnpackCall implements Workers.Range {
    private int size;
    private int half;
    private HeapStorage packed;
    private HeapStorage x;

    @Override
    public void run(int from, int to) {
      unpack(Math.min(to, size - half) - from, packed.array(), packed.offset() + from, x.array(), x.offset() + from,
          x.offset() + half + from);
      if (to > size - half) x.array()[x.offset() + to - 1] = packed.array()[packed.offset() + to - 1];
    }
  }

  @Override
  public void unpack(int size, Storage packed, Storage x) {
    unpack.size = size;
    unpack.half = Math.ceilDiv(size, 2);
    unpack.packed = HeapStorage.of(packed);
    unpack.x = HeapStorage.of(x);
    workers.runRanges(unpack.half, Grain.FLOATS, unpack);
  }

  private static void unpack(int size, float[] packed, int packed0, float[] x, int upper, int lower) {
    int i = 0;
    for (; i <= size - LANES; i += LANES) {
      IntVector pair = bits(packed, packed0 + i);
      pair.and(UPPER_HALF).reinterpretAsFloats().intoArray(x, upper + i);
      pair.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats().intoArray(x, lower + i);
    }
    for (; i < size; i++) {
      int pair = Float.floatToRawIntBits(packed[packed0 + i]);
      x[upper + i] = Float.intBitsToFloat(pair & UPPER_HALF);
      x[lower + i] = Float.intBitsToFloat(pair << HALF);
    }
  }
}
