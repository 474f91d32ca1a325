package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.parallel.Scratch;
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
  /// log₂ e
  static final float LOG2_E = 1.44269504f;

  /// ln 2 in two parts; products of the first with a whole number below 2¹⁵ are exact.
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /// 1.5·2²³: adding it to a number rounds that to a whole one, which then stands in the lowest bits.
  static final float ROUNDING = 12582912f;
  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

  /// Beyond these e^x rounds to 0 or to infinity.
  private static final float LOWEST = -104;
  private static final float HIGHEST = 89;

  /// The exponent from which on [#powersOfTwo] makes 0.
  static final float LOWEST_POWER = -127;

  /// The polynomial for 2^r, |r| ≤ ½, of Cephes, `exp2f`: coefficients of r, r² … r⁶; that of 1 is 1. Every loop that needs it repeats its lines, see above, but not these numbers.
  static final float POWER_OF_TWO_1 = 6.931472028550421e-1f;
  static final float POWER_OF_TWO_2 = 2.402264791363012e-1f;
  static final float POWER_OF_TWO_3 = 5.550332471162809e-2f;
  static final float POWER_OF_TWO_4 = 9.618437357674640e-3f;
  static final float POWER_OF_TWO_5 = 1.339887440266574e-3f;
  static final float POWER_OF_TWO_6 = 1.535336188319500e-4f;

  private static final int BIAS = 127;

  /// As [#ROUNDING], with the bias of exponents in the lowest bits beside the whole number: shifted to its place, that is the power of two.
  static final float POWER_ROUNDING = ROUNDING + BIAS;

  static final int MANTISSA_BITS = 23;

  /// Elements of one call of the loop: the compiler turns to a method that is called often sooner than to one long loop.
  private static final int RUN = 1 << 10;

  /// For the elements behind the last whole vector.
  private static final Scratch SCRATCH = new Scratch("exponential", 1);

  private Exponential() {}

  /// y = e^(factor·x), as [#apply(int, float, float, float[], int, float[], int)].
  static void apply(int size, float factor, float[] x, int x0, float[] y, int y0) {
    apply(size, factor, 0, x, x0, y, y0);
  }

  /// y = e^(factor·x + summand) with a relative error below 1.0e-7 (in the range of normal floats), right also at ±infinity, NaN,
  /// overflow and underflow.
  ///
  /// @param x Read. May be `y`.
  /// @param y Overwritten.
  static void apply(int size, float factor, float summand, float[] x, int x0, float[] y, int y0) {
    int whole = FLOATS.loopBound(size);
    for (int i = 0, run; i < whole; i += run) {
      run = Math.min(RUN, whole - i);
      vectors(run, factor, summand, x, x0 + i, y, y0 + i);
    }
    if (whole == size) return;
    float[] rest = SCRATCH.floats(0, LANES);
    System.arraycopy(x, x0 + whole, rest, 0, size - whole);
    vectors(LANES, factor, summand, rest, 0, rest, 0);
    System.arraycopy(rest, 0, y, y0 + whole, size - whole);
  }

  /// The same for a size that is a multiple of [SimdSpecies#LANES].
  ///
  /// With n = x/ln 2 rounded, e^x = 2ⁿ·e^r, |r| ≤ ½ ln 2; the polynomial for e^r is that of Moshier's Cephes library, `expf`
  /// (<https://www.netlib.org/cephes>). 2ⁿ itself may lie outside of the range of floats, so it is multiplied by in two halves.
  private static void vectors(int size, float factor, float summand, float[] x, int x0, float[] y, int y0) {
    FloatVector summands = FloatVector.broadcast(FLOATS, summand);
    for (int i = 0; i < size; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, x0 + i);
      v = v.fma(FloatVector.broadcast(FLOATS, factor), summands);
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

  /// y = 2^(factor·x + summand) for exponents known to lie in −127 … 127, in half the time of [#apply]: nothing needs to be clamped,
  /// and base 2 needs no ln 2 in two parts. The relative error is below 2e-7 beside the rounding of the exponent to a float; results below the normal floats are 0 or nearly so.
  ///
  /// NaN stays NaN, whatever its bits: the polynomial is NaN, and multiplied by the power of two, not moved by adding to the exponent's bits, it remains that.
  ///
  /// @param size a multiple of [SimdSpecies#LANES]
  /// @param x    Read. May be `y`.
  /// @param y    Overwritten; arbitrary where the exponent lies outside.
  static void powersOfTwo(int size, float factor, float summand, float[] x, int x0, float[] y, int y0) {
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    FloatVector summands = FloatVector.broadcast(FLOATS, summand);
    for (int i = 0; i < size; i += LANES) {
      FloatVector exponent = FloatVector.fromArray(FLOATS, x, x0 + i).fma(factors, summands);
      FloatVector rounded = exponent.add(POWER_ROUNDING);
      FloatVector r = exponent.sub(rounded.sub(POWER_ROUNDING));
      FloatVector p = r.fma(POWER_OF_TWO_6, POWER_OF_TWO_5);
      p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_1));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1));
      IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS); // what is above the exponent falls out
      p.mul(power.reinterpretAsFloats()).intoArray(y, y0 + i);
    }
  }

  /// x = 2^x for such exponents, as many as there are.
  static void powersOfTwo(int size, float[] x, int x0) {
    int whole = FLOATS.loopBound(size);
    for (int i = 0, run; i < whole; i += run) {
      run = Math.min(RUN, whole - i);
      powersOfTwo(run, 1, 0, x, x0 + i, x, x0 + i);
    }
    if (whole == size) return;
    float[] rest = SCRATCH.floats(0, LANES);
    System.arraycopy(x, x0 + whole, rest, 0, size - whole);
    powersOfTwo(LANES, 1, 0, rest, 0, rest, 0);
    System.arraycopy(rest, 0, x, x0 + whole, size - whole);
  }

  /// x = 2^max(x − number, [#LOWEST_POWER]) with a number for each column, as [#powersOfTwo(int, float, float, float[], int, float[], int)], in one pass.
  ///
  /// @param columns a multiple of [SimdSpecies#LANES]
  /// @param x       `[rows, columns]`, overwritten; at most the number of its column
  /// @param row     from one row of x to the next
  static void powersOfTwo(int rows, int columns, float[] x, int row, float[] number) {
    int end = rows * row;
    for (int c = 0; c < columns; c += LANES) {
      FloatVector numbers = FloatVector.fromArray(FLOATS, number, c);
      for (int i = c; i < end; i += row) {
        FloatVector exponent = FloatVector.fromArray(FLOATS, x, i).sub(numbers);
        exponent = exponent.blend(LOWEST_POWER, exponent.compare(VectorOperators.LT, LOWEST_POWER));
        FloatVector rounded = exponent.add(POWER_ROUNDING);
        FloatVector r = exponent.sub(rounded.sub(POWER_ROUNDING));
        FloatVector p = r.fma(POWER_OF_TWO_6, POWER_OF_TWO_5);
        p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_4));
        p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_3));
        p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_2));
        p = p.fma(r, FloatVector.broadcast(FLOATS, POWER_OF_TWO_1));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 1));
        IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        p.mul(power.reinterpretAsFloats()).intoArray(x, i);
      }
    }
  }
}
