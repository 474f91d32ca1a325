package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;

/// The transforms of [Winograd], one tile at a time and all channels of it: rows of `channels` floats, a whole number of vectors.
///
/// Each is a small constant matrix over rows, written out: Bᵀ on the input, Aᵀ on the planes, A on the gradient of the result.
final class WinogradTiles {
  private WinogradTiles() {}

  /// planes = Bᵀ·u.
  ///
  /// @param u      Read; row i is at `u0 + i·row`, i < 6.
  /// @param planes Overwritten; plane p is at `planes0 + p·plane`.
  static void input(int channels, float[] u, int u0, int row, float[] planes, int planes0, int plane) {
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

  /// y = Aᵀ·planes + bias for tiles of four results.
  ///
  /// @param planes Read; plane p is at `planes0 + p·plane`.
  /// @param bias   Read; zeros for none.
  /// @param y      Overwritten; row i is at `y0 + i·row`, i < 4.
  static void output4(int channels, float[] planes, int planes0, int plane, float[] bias, int bias0, float[] y, int y0, int row) {
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

  /// y = Aᵀ·planes + bias for tiles of two results.
  ///
  /// @param y Overwritten; row i is at `y0 + i·row`, i < 2. Others as for [#output4].
  static void output2(int channels, float[] planes, int planes0, int plane, float[] bias, int bias0, float[] y, int y0, int row) {
    for (int c = 0; c < channels; c += LANES) {
      int p = planes0 + c;
      FloatVector m0 = FloatVector.fromArray(FLOATS, planes, p);
      FloatVector m1 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m2 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m3 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m4 = FloatVector.fromArray(FLOATS, planes, p += plane);
      FloatVector m5 = FloatVector.fromArray(FLOATS, planes, p + plane);
      FloatVector b = FloatVector.fromArray(FLOATS, bias, bias0 + c);
      m0.add(m1.add(m2)).add(m3.add(m4)).add(b).intoArray(y, y0 + c);
      m1.sub(m2).add(m3.sub(m4).mul(2)).add(m5).add(b).intoArray(y, y0 + c + row);
    }
  }

  /// planes = A·dY for tiles of four results.
  ///
  /// @param dY     Read; row i is at `dY0 + i·row`, i < 4.
  /// @param planes Overwritten; plane p is at `planes0 + p·plane`.
  static void gradient4(int channels, float[] dY, int dY0, int row, float[] planes, int planes0, int plane) {
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

  /// planes = A·dY for tiles of two results.
  ///
  /// @param dY Read; row i is at `dY0 + i·row`, i < 2. Others as for [#gradient4].
  static void gradient2(int channels, float[] dY, int dY0, int row, float[] planes, int planes0, int plane) {
    for (int c = 0; c < channels; c += LANES) {
      FloatVector g0 = FloatVector.fromArray(FLOATS, dY, dY0 + c);
      FloatVector g1 = FloatVector.fromArray(FLOATS, dY, dY0 + c + row);
      FloatVector twice = g1.mul(2);
      int p = planes0 + c;
      g0.intoArray(planes, p);
      g0.add(g1).intoArray(planes, p += plane);
      g0.sub(g1).intoArray(planes, p += plane);
      g0.add(twice).intoArray(planes, p += plane);
      g0.sub(twice).intoArray(planes, p += plane);
      g1.intoArray(planes, p + plane);
    }
  }
}
