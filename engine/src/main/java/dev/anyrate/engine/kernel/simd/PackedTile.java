package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.ROWS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/// [GemmTile] on rows of A that lie at a distance the compiler knows: six rows, for vectors of 256 bits and less. Work memory of kernels is laid out so, see [#distance]; of other
/// operands [PackedLeft] makes a copy. [ColumnTile] is the same for a transposed A.
///
/// With distances in variables the bounds of every row of A are checked in every step of the depth: 41 instructions, of which 20 load and multiply. A Zen 3 begins
/// six in a cycle and multiplies in two of them, so it needs 6.8 cycles for the first and 6 for the second. With known distances the bounds are checked once, before the
/// loop: 29 instructions, and 0.95 of the peak in the first-level cache instead of 0.80; with B at a distance in a variable too, a few more in the same time. A Zen 4 takes 16 cycles for a step at 512 bit, and has time for both.
final class PackedTile {
  /// Whether a tile has as many rows as this one computes.
  static final boolean FITS = ROWS == 6;

  /// Depth of one tile at most. Its panel of B, 16 KiB at 256 bit, stays in the first-level cache.
  static final int DEPTH = 256;

  /// From one row of A to the next: the depth, and a gap that keeps rows in different sets of the cache.
  static final int ROW = DEPTH + LANES;

  private PackedTile() {}

  /// Whether a left operand lies as this tile reads it.
  static boolean reads(int rowStride, int depthStride) {
    return FITS && rowStride == ROW && depthStride == 1;
  }

  /// From one row to the next of an operand in work memory, so that this tile reads it where it lies; the row itself where there is no such tile, or not for rows so long.
  static int distance(int depth) {
    return FITS && depth <= DEPTH ? ROW : depth;
  }

  /// C[i, j] = start[i, j] + Σ_p A[i, p]·B[p, j] as in [GemmTile#multiply], with A in rows.
  ///
  /// @param a Read; A[i, p] is `a[a0 + i·ROW + p]`.
  static void multiply(int depth, float[] start, int s0, int lds, float[] a, int a0, float[] b, int b0, int ldb, float[] c,
      int c0, int ldc) {
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
    int j = b0;
    for (int p = 0; p < depth; p++, j += ldb) {
      int i = a0 + p;
      FloatVector u = FloatVector.fromArray(FLOATS, b, j);
      FloatVector v = FloatVector.fromArray(FLOATS, b, j + LANES);
      // The fences are no instructions. Without them the compiler loads several rows before it multiplies, runs out of the 16 registers and keeps sums in
      // memory: 0.38 of the peak.
      FloatVector t = FloatVector.broadcast(FLOATS, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + ROW]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 2 * ROW]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 3 * ROW]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 4 * ROW]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 5 * ROW]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
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
  }
}
