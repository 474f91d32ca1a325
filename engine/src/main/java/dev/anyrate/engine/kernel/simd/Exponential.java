package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// The exponential function of whole arrays, from which all other transcendental functions here are made.
///
/// `lanewise(EXP)` is a fifth faster where the JDK carries a vector library, but it gives other last bits before the compiler has
/// replaced it than after, so that the same seed would not train the same model; where there is no such library it is a hundred
/// times slower. This one is plain multiplications and additions, and gives the same bits everywhere.
///
/// There is no function from vector to vector: inlined into several loops of one compilation it exceeds the node limit of the
/// compiler, which then calls it and boxes every vector. Who needs e^x within a formula has it written to a buffer first.
final class Exponential {
  private static final float LOG2_E = 1.44269504f;

  /// ln 2 in two parts; products of the first with a whole number below 2¹⁵ are exact.
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /// 1.5·2²³: adding it to a number rounds that to a whole one, which then stands in the lowest bits.
  private static final float ROUNDING = 12582912f;
  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

  /// Beyond these e^x rounds to 0 or to infinity.
  private static final float LOWEST = -104;
  private static final float HIGHEST = 89;

  private static final int BIAS = 127;
  private static final int MANTISSA_BITS = 23;

  /// Elements of one call of the loop: the compiler turns to a method that is called often sooner than to one long loop.
  private static final int RUN = 1 << 10;

  private Exponential() {}

  /// y = e^(factor·x) with a relative error below 1.0e-7 (in the range of normal floats), right also at ±infinity, NaN, overflow
  /// and underflow.
  ///
  /// @param x Read. May be `y`.
  /// @param y Overwritten.
  static void apply(int size, float factor, float[] x, int x0, float[] y, int y0) {
    int whole = FLOATS.loopBound(size);
    for (int i = 0; i < whole; i += RUN) vectors(Math.min(RUN, whole - i), factor, x, x0 + i, y, y0 + i);
    if (whole == size) return;
    float[] rest = Arrays.copyOfRange(x, x0 + whole, x0 + whole + LANES);
    vectors(LANES, factor, rest, 0, rest, 0);
    System.arraycopy(rest, 0, y, y0 + whole, size - whole);
  }

  /// The same for a size that is a multiple of [SimdSpecies#LANES].
  ///
  /// With n = x/ln 2 rounded, e^x = 2ⁿ·e^r, |r| ≤ ½ ln 2; the polynomial for e^r is that of Moshier's Cephes library, `expf`
  /// (<https://www.netlib.org/cephes>). 2ⁿ itself may lie outside of the range of floats, so it is multiplied by in two halves.
  private static void vectors(int size, float factor, float[] x, int x0, float[] y, int y0) {
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, x0 + i).mul(factor);
      v = v.blend(LOWEST, v.compare(VectorOperators.LT, LOWEST));
      v = v.blend(HIGHEST, v.compare(VectorOperators.GT, HIGHEST));
      FloatVector rounded = v.fma(LOG2_E, ROUNDING);
      FloatVector n = rounded.sub(ROUNDING);
      FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
      r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
      FloatVector p = r.fma(1.9875691500e-4f, 1.3981999507e-3f);
      p = p.fma(r, FloatVector.broadcast(FLOATS, 8.3334519073e-3f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 4.1665795894e-2f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1.6666665459e-1f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 5.0000001201e-1f));
      p = p.fma(r.mul(r), r).add(1);
      IntVector exponent = rounded.reinterpretAsInts().sub(ROUNDING_BITS);
      IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
      IntVector otherHalf = exponent.sub(half);
      FloatVector power = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
      FloatVector otherPower = otherHalf.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
      p.mul(power).mul(otherPower).intoArray(y, y0 + i);
    }
  }
}
