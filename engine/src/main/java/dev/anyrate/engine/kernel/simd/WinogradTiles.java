package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;

/// The transforms of [Winograd], one tile at a time and all channels of it: rows of `channels` floats, a whole number of vectors.
///
/// Each is a small constant matrix over rows, written out: Bᵀ on the input, Aᵀ on the planes, A on the gradient of the result.
final class WinogradTiles {
  private WinogradTiles() {}

  /// planes = Bᵀ·u on six points.
  ///
  /// @param u      Read; row i is at `u0 + i·row`, i < 6.
  /// @param planes Overwritten; plane p is at `planes0 + p·plane`.
  static void input6(int channels, float[] u, int u0, int row, float[] planes, int planes0, int plane) {
    for (int c = 0; c < channels; c += LANES) {
      int i = u0 + c;
      FloatVector d0 = FloatVector.fromArray(FLOATS, u, i);
      FloatVector d1 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d2 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d3 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d4 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d5 = FloatVector.fromArray(FLOATS, u, i + row);
      FloatVector even = d4.sub(d2.mul(4)); // shared by the points 1 and −1
      FloatVector odd = d3.sub(d1.mul(4));
      FloatVector even2 = d4.sub(d2); // shared by the points 2 and −2
      FloatVector odd2 = d3.sub(d1).mul(2);
      int p = planes0 + c;
      d0.sub(d2).mul(4).add(even2).intoArray(planes, p);
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      even2.add(odd2).intoArray(planes, p += plane);
      even2.sub(odd2).intoArray(planes, p += plane);
      d1.sub(d3).mul(4).add(d5).sub(d3).intoArray(planes, p + plane);
    }
  }

  /// planes = Bᵀ·u on eight points, in the order 0, 1, −1, 2, −2, ½, −½, ∞.
  ///
  /// @param u Read; row i is at `u0 + i·row`, i < 8. Others as for [#input6].
  static void input8(int channels, float[] u, int u0, int row, float[] planes, int planes0, int plane) {
    for (int c = 0; c < channels; c += LANES) {
      int i = u0 + c;
      FloatVector d0 = FloatVector.fromArray(FLOATS, u, i);
      FloatVector d1 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d2 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d3 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d4 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d5 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d6 = FloatVector.fromArray(FLOATS, u, i += row);
      FloatVector d7 = FloatVector.fromArray(FLOATS, u, i + row);
      int p = planes0 + c;
      d4.sub(d2).mul(5.25f).add(d0).sub(d6).intoArray(planes, p);
      FloatVector even = d2.add(d6).sub(d4.mul(4.25f));
      FloatVector odd = d1.add(d5).sub(d3.mul(4.25f));
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      even = d2.mul(0.25f).add(d6).sub(d4.mul(1.25f));
      odd = d1.mul(0.5f).add(d5.mul(2)).sub(d3.mul(2.5f));
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      even = d2.mul(4).add(d6).sub(d4.mul(5));
      odd = d1.mul(2).add(d5.mul(0.5f)).sub(d3.mul(2.5f));
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      d3.sub(d5).mul(5.25f).add(d7).sub(d1).intoArray(planes, p + plane);
    }
  }

  /// y = Aᵀ·planes + bias on six points.
  ///
  /// @param planes Read; plane p is at `planes0 + p·plane`.
  /// @param bias   Read; zeros for none.
  /// @param y      Overwritten; row i is at `y0 + i·row`, i < 4.
  static void output6(int channels, float[] planes, int planes0, int plane, float[] bias, int bias0, float[] y, int y0, int row) {
    for (int c = 0; c < channels; c += LANES) {
      int p = planes0 + c;
      FloatVector m0 = FloatVector.fromArray(FLOATS, planes, p);
      FloatVector m1 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m2 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m3 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m4 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m5 = FloatVector.fromArray(FLOATS, planes, p + plane);
      FloatVector b = FloatVector.fromArray(FLOATS, bias, bias0 + c);
      FloatVector sum1 = m1.add(m2);
      FloatVector difference1 = m1.sub(m2);
      FloatVector sum2 = m3.add(m4);
      FloatVector difference2 = m3.sub(m4).mul(2);
      int i = y0 + c;
      m0.add(sum1).add(sum2).add(b).intoArray(y, i);
      difference1.add(difference2).add(b).intoArray(y, i += row);
      sum1.add(sum2.mul(4)).add(b).intoArray(y, i += row);
      difference1.add(difference2.mul(4)).add(m5).add(b).intoArray(y, i + row);
    }
  }

  /// y = Aᵀ·planes + bias on eight points. Parameters as for [#output6].
  static void output8(int channels, float[] planes, int planes0, int plane, float[] bias, int bias0, float[] y, int y0, int row) {
    for (int c = 0; c < channels; c += LANES) {
      int p = planes0 + c;
      FloatVector m0 = FloatVector.fromArray(FLOATS, planes, p);
      FloatVector m1 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m2 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m3 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m4 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m5 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m6 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m7 = FloatVector.fromArray(FLOATS, planes, p + plane);
      FloatVector b = FloatVector.fromArray(FLOATS, bias, bias0 + c);
      FloatVector sum1 = m1.add(m2);
      FloatVector difference1 = m1.sub(m2);
      FloatVector sum2 = m3.add(m4);
      FloatVector difference2 = m3.sub(m4).mul(2);
      FloatVector sum3 = m5.add(m6);
      FloatVector difference3 = m5.sub(m6).mul(0.5f);
      int i = y0 + c;
      m0.add(sum1).add(sum2).add(sum3).add(b).intoArray(y, i);
      difference1.add(difference2).add(difference3).add(b).intoArray(y, i += row);
      sum1.add(sum2.mul(4)).add(sum3.mul(0.25f)).add(b).intoArray(y, i += row);
      difference1.add(difference2.mul(4)).add(difference3.mul(0.25f)).add(m7).add(b).intoArray(y, i + row);
    }
  }

  /// planes = A·dY on six points.
  ///
  /// @param dY     Read; row i is at `dY0 + i·row`, i < 4.
  /// @param planes Overwritten; plane p is at `planes0 + p·plane`.
  static void gradient6(int channels, float[] dY, int dY0, int row, float[] planes, int planes0, int plane) {
    for (int c = 0; c < channels; c += LANES) {
      int i = dY0 + c;
      FloatVector g0 = FloatVector.fromArray(FLOATS, dY, i);
      FloatVector g1 = FloatVector.fromArray(FLOATS, dY, i += row);
      FloatVector g2 = FloatVector.fromArray(FLOATS, dY, i += row);
      FloatVector g3 = FloatVector.fromArray(FLOATS, dY, i + row);
      FloatVector even = g0.add(g2);
      FloatVector odd = g1.add(g3);
      FloatVector even2 = g0.add(g2.mul(4));
      FloatVector odd2 = g1.add(g3.mul(4)).mul(2);
      int p = planes0 + c;
      g0.intoArray(planes, p);
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      even2.add(odd2).intoArray(planes, p += plane);
      even2.sub(odd2).intoArray(planes, p += plane);
      g3.intoArray(planes, p + plane);
    }
  }

  /// planes = A·dY on eight points. Parameters as for [#gradient6].
  static void gradient8(int channels, float[] dY, int dY0, int row, float[] planes, int planes0, int plane) {
    for (int c = 0; c < channels; c += LANES) {
      int i = dY0 + c;
      FloatVector g0 = FloatVector.fromArray(FLOATS, dY, i);
      FloatVector g1 = FloatVector.fromArray(FLOATS, dY, i += row);
      FloatVector g2 = FloatVector.fromArray(FLOATS, dY, i += row);
      FloatVector g3 = FloatVector.fromArray(FLOATS, dY, i + row);
      int p = planes0 + c;
      g0.intoArray(planes, p);
      FloatVector even = g0.add(g2);
      FloatVector odd = g1.add(g3);
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      even = g0.add(g2.mul(4));
      odd = g1.add(g3.mul(4)).mul(2);
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      even = g0.add(g2.mul(0.25f));
      odd = g1.add(g3.mul(0.25f)).mul(0.5f);
      even.add(odd).intoArray(planes, p += plane);
      even.sub(odd).intoArray(planes, p += plane);
      g3.intoArray(planes, p + plane);
    }
  }
}
