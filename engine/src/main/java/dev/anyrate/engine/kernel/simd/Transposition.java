package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.parallel.Scratch;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Rows become columns, in squares of as many rows as a vector has lanes (Eklundh 1972, <https://doi.org/10.1109/T-C.1972.223584>): for each bit of a lane's number, pairs of rows
/// whose own number differs in that bit exchange those lanes that are on the wrong side.
final class Transposition {
  private static final int SQUARE = 0;

  private static final Scratch SCRATCH = new Scratch("transposition", 1);

  private static final int BITS = Integer.numberOfTrailingZeros(LANES);

  /// For each bit of a lane's number: the lane whose number differs in it alone.
  private static final List<VectorShuffle<Float>> ACROSS = IntStream.range(0, BITS)
      .mapToObj(bit -> VectorShuffle.fromOp(FLOATS, lane -> lane ^ 1 << bit)).toList();

  /// For each bit, the lanes that have it.
  private static final List<VectorMask<Float>> WITH_BIT = IntStream.range(0, BITS).mapToObj(Transposition::lanesWith).toList();

  private Transposition() {}

  private static VectorMask<Float> lanesWith(int bit) {
    boolean[] with = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) with[lane] = (lane >> bit & 1) == 1;
    return VectorMask.fromArray(FLOATS, with, 0);
  }

  /// to[j, i] = from[i, j] for i < rows, j < columns.
  ///
  /// @param from Read; from[i, j] is `from[from0 + i·fromStride + j]`.
  /// @param to   Overwritten; to[j, i] is `to[to0 + j·toStride + i]`.
  static void transpose(int rows, int columns, float[] from, int from0, int fromStride, float[] to, int to0, int toStride) {
    int wholeRows = FLOATS.loopBound(rows);
    int wholeColumns = FLOATS.loopBound(columns);
    float[] work = SCRATCH.floats(SQUARE, LANES * LANES);
    for (int i = 0; i < wholeRows; i += LANES) {
      for (int j = 0; j < wholeColumns; j += LANES) {
        square(from, from0 + i * fromStride + j, fromStride, work, to, to0 + j * toStride + i, toStride);
      }
    }
    plain(wholeRows, rows, 0, wholeColumns, from, from0, fromStride, to, to0, toStride);
    plain(0, rows, wholeColumns, columns, from, from0, fromStride, to, to0, toStride);
  }

  private static void plain(int firstRow, int rows, int firstColumn, int columns, float[] from, int from0, int fromStride,
      float[] to, int to0, int toStride) {
    for (int i = firstRow; i < rows; i++) {
      for (int j = firstColumn; j < columns; j++) to[to0 + j * toStride + i] = from[from0 + i * fromStride + j];
    }
  }

  private static void square(float[] from, int from0, int fromStride, float[] work, float[] to, int to0, int toStride) {
    int half = LANES / 2;
    exchange(half, from, from0, fromStride, work, 0, LANES);
    for (half /= 2; half > 1; half /= 2) exchange(half, work, 0, LANES, work, 0, LANES);
    exchange(1, work, 0, LANES, to, to0, toStride);
  }

  /// Pairs of rows that are `half` apart: from the second to the first one go lanes without this bit, back those with it.
  private static void exchange(int half, float[] from, int from0, int fromStride, float[] to, int to0, int toStride) {
    int bit = Integer.numberOfTrailingZeros(half);
    VectorShuffle<Float> across = ACROSS.get(bit);
    VectorMask<Float> with = WITH_BIT.get(bit);
    for (int block = 0; block < LANES; block += 2 * half) {
      for (int i = block; i < block + half; i++) {
        FloatVector first = FloatVector.fromArray(FLOATS, from, from0 + i * fromStride);
        FloatVector second = FloatVector.fromArray(FLOATS, from, from0 + (i + half) * fromStride);
        first.blend(second.rearrange(across), with).intoArray(to, to0 + i * toStride);
        first.rearrange(across).blend(second, with).intoArray(to, to0 + (i + half) * toStride);
      }
    }
  }
}
