package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;

/// The micro-kernel under every product: one tile of C, held in registers over the whole depth.
///
/// The accumulators are separate local variables and the rows of A are reached by one running index: with an index per row the
/// compiler runs out of integer registers, spills them into vector registers, and the tile falls from 0.96 to 0.65 of the FMA
/// peak.
final class GemmTile {
  /// Columns of a tile: two vectors.
  static final int COLUMNS = 2 * LANES;

  /// Rows of a tile: 8 · 2 accumulators where there are 32 vector registers (512 bit), 6 · 2 where there are 16.
  static final int ROWS = FLOATS.vectorBitSize() >= 512 ? 8 : 6;

  private GemmTile() {}

  /// C[i, j] = start[i, j] + Σ_p A[i, p]·B[p, j] for i < [#ROWS], j < [#COLUMNS], p < depth, added in the order of p.
  ///
  /// @param start  Read; start[i, j] is `start[s0 + i·lds + j]`: C itself to add to it, one row (lds = 0) of zeros or of a bias to
  ///               begin with that.
  /// @param a      Read; A[i, p] is `a[a0 + i·rowStride + p·depthStride]`.
  /// @param b      Read; B[p, j] is `b[b0 + p·ldb + j]`.
  /// @param c      Overwritten; C[i, j] is `c[c0 + i·ldc + j]`.
  static void multiply(int depth, float[] start, int s0, int lds, float[] a, int a0, int rowStride, int depthStride, float[] b,
      int b0, int ldb, float[] c, int c0, int ldc) {
    int s = s0;
    FloatVector x0 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector y0 = FloatVector.fromArray(FLOATS, start, s + LANES);
    FloatVector x1 = FloatVector.fromArray(FLOATS, start, s += lds);
    FloatVector y1 = FloatVector.fromArray(FLOATS, start, s + LANES);
    FloatVector x2 = FloatVector.fromArray(FLOATS, start, s += lds);
    FloatVector y2 = FloatVector.fromArray(FLOATS, start, s + LANES);
    FloatVector x3 = FloatVector.fromArray(FLOATS, start, s += lds);
    FloatVector y3 = FloatVector.fromArray(FLOATS, start, s + LANES);
    FloatVector x4 = FloatVector.fromArray(FLOATS, start, s += lds);
    FloatVector y4 = FloatVector.fromArray(FLOATS, start, s + LANES);
    FloatVector x5 = FloatVector.fromArray(FLOATS, start, s += lds);
    FloatVector y5 = FloatVector.fromArray(FLOATS, start, s + LANES);
    FloatVector x6 = x0, y6 = x0, x7 = x0, y7 = x0;
    if (ROWS == 8) {
      x6 = FloatVector.fromArray(FLOATS, start, s += lds);
      y6 = FloatVector.fromArray(FLOATS, start, s + LANES);
      x7 = FloatVector.fromArray(FLOATS, start, s += lds);
      y7 = FloatVector.fromArray(FLOATS, start, s + LANES);
    }
    int firstRow = a0;
    int bRow = b0;
    for (int p = 0; p < depth; p++) {
      FloatVector u = FloatVector.fromArray(FLOATS, b, bRow);
      FloatVector v = FloatVector.fromArray(FLOATS, b, bRow + LANES);
      int i = firstRow;
      FloatVector t = FloatVector.broadcast(FLOATS, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
      if (ROWS == 8) {
        t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
        x6 = t.fma(u, x6);
        y6 = t.fma(v, y6);
        t = FloatVector.broadcast(FLOATS, a[i += rowStride]);
        x7 = t.fma(u, x7);
        y7 = t.fma(v, y7);
      }
      firstRow += depthStride;
      bRow += ldb;
    }
    int i = c0;
    x0.intoArray(c, i);
    y0.intoArray(c, i + LANES);
    x1.intoArray(c, i += ldc);
    y1.intoArray(c, i + LANES);
    x2.intoArray(c, i += ldc);
    y2.intoArray(c, i + LANES);
    x3.intoArray(c, i += ldc);
    y3.intoArray(c, i + LANES);
    x4.intoArray(c, i += ldc);
    y4.intoArray(c, i + LANES);
    x5.intoArray(c, i += ldc);
    y5.intoArray(c, i + LANES);
    if (ROWS == 8) {
      x6.intoArray(c, i += ldc);
      y6.intoArray(c, i + LANES);
      x7.intoArray(c, i += ldc);
      y7.intoArray(c, i + LANES);
    }
  }
}
