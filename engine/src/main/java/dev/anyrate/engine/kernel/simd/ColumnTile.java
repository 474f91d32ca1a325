package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/// [GemmTile] on a transposed A, whose rows lie beside each other: six rows, for vectors of 256 bits and less.
///
/// As in [PackedTile], the compiler knows the distance of the rows, which is 1 here: 86 GFLOP/s in the first-level cache on a Zen 3 of 98, 67 by [GemmTile]. A method of its own, as a
/// distance is known to the compiler only where it stands in the text, and nothing so long is inlined.
final class ColumnTile {
  private ColumnTile() {}

  /// Whether a left operand lies as this tile reads it.
  static boolean reads(int rowStride) {
    return PackedTile.FITS && rowStride == 1;
  }

  /// C[i, j] = start[i, j] + Σ_p A[i, p]·B[p, j] as in [GemmTile#multiply], with A in columns.
  ///
  /// @param a Read; A[i, p] is `a[a0 + i + p·lda]`.
  static void multiply(int depth, float[] start, int s0, int lds, float[] a, int a0, int lda, float[] b, int b0, int ldb,
      float[] c,
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
    int i = a0;
    int j = b0;
    for (int p = 0; p < depth; p++, i += lda, j += ldb) {
      FloatVector u = FloatVector.fromArray(FLOATS, b, j);
      FloatVector v = FloatVector.fromArray(FLOATS, b, j + LANES);
      // As in PackedTile, the fences keep the order of loads and multiplications; without them 0.40 of the peak.
      FloatVector t = FloatVector.broadcast(FLOATS, a[i]);
      x0 = t.fma(u, x0);
      y0 = t.fma(v, y0);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 1]);
      x1 = t.fma(u, x1);
      y1 = t.fma(v, y1);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 2]);
      x2 = t.fma(u, x2);
      y2 = t.fma(v, y2);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 3]);
      x3 = t.fma(u, x3);
      y3 = t.fma(v, y3);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 4]);
      x4 = t.fma(u, x4);
      y4 = t.fma(v, y4);
      VarHandle.loadLoadFence();
      t = FloatVector.broadcast(FLOATS, a[i + 5]);
      x5 = t.fma(u, x5);
      y5 = t.fma(v, y5);
    }
    i = c0;
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
