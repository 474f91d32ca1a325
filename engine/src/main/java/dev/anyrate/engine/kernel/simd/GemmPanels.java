package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import dev.anyrate.engine.parallel.Scratch;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// The form in which [GemmTile] reads a right operand B `[depth, columns]`: panels of [GemmTile#COLUMNS] columns, one behind the
/// other, each row by row, the last one filled up with zeros, so that the tile needs no special case for the right edge.
///
/// The whole panels of a row-major matrix need no packing: they can be read where they are.
final class GemmPanels {
  private static final Scratch SCRATCH = new Scratch("matrix product", 1);

  private GemmPanels() {}

  /// Panels that `columns` columns take.
  static int count(int columns) {
    return Math.ceilDiv(columns, COLUMNS);
  }

  /// Floats that a packed operand takes.
  static long size(int depth, int columns) {
    return (long) count(columns) * COLUMNS * depth;
  }

  /// Packs all panels.
  ///
  /// @param b      Read; B[p, j] is `b[b0 + p·depthStride + j·columnStride]`, and one of the strides is 1.
  /// @param panels Overwritten from `to` on.
  static void pack(int depth, int columns, float[] b, int b0, int depthStride, int columnStride, float[] panels, int to) {
    packPanels(0, count(columns), depth, columns, b, b0, depthStride, columnStride, panels, to);
  }

  /// Packs one panel of those that [#pack] packs.
  static void packPanel(int panel, int depth, int columns, float[] b, int b0, int depthStride, int columnStride, float[] panels,
      int to) {
    packPanels(panel, panel + 1, depth, columns, b, b0, depthStride, columnStride, panels, to);
  }

  /// Packs the panels from `first` to before `last` of those that [#pack] packs.
  static void packPanels(int first, int last, int depth, int columns, float[] b, int b0, int depthStride, int columnStride,
      float[] panels, int to) {
    int whole = columnStride == 1 ? Math.min(last, columns / COLUMNS) : first;
    copyWhole(first, whole, depth, b, b0, depthStride, panels, to);
    for (int panel = whole; panel < last; panel++) {
      int column = panel * COLUMNS;
      int width = Math.min(COLUMNS, columns - column);
      int from = b0 + column * columnStride;
      int panel0 = to + column * depth;
      if (columnStride == 1) copyRows(depth, width, b, from, depthStride, panels, panel0);
      else
        transpose(depth, width, b, from, columnStride, panels, panel0);
      if (width < COLUMNS) clearBehind(width, depth, panels, panel0);
    }
  }

  /// Row by row through all panels, as the rows lie in memory.
  private static void copyWhole(int first, int last, int depth, float[] b, int b0, int depthStride, float[] panels, int to) {
    for (int p = 0; p < depth; p++) {
      int from = b0 + p * depthStride;
      int row = to + p * COLUMNS;
      for (int panel = first; panel < last; panel++) {
        int i = from + panel * COLUMNS;
        int j = row + panel * COLUMNS * depth;
        FloatVector.fromArray(FLOATS, b, i).intoArray(panels, j);
        FloatVector.fromArray(FLOATS, b, i + LANES).intoArray(panels, j + LANES);
      }
    }
  }

  private static void copyRows(int depth, int width, float[] b, int from, int depthStride, float[] panels, int panel0) {
    for (int p = 0; p < depth; p++) System.arraycopy(b, from + p * depthStride, panels, panel0 + p * COLUMNS, width);
  }

  private static void clearBehind(int width, int depth, float[] panels, int panel0) {
    for (int p = 0; p < depth; p++) Arrays.fill(panels, panel0 + p * COLUMNS + width, panel0 + (p + 1) * COLUMNS, 0);
  }

  /// Columns come to work memory first, so that each is read as it lies: in squares they would be read a line at a time, from as many pages of memory as a panel has columns.
  private static void transpose(int depth, int width, float[] b, int from, int columnStride, float[] panels, int to) {
    int stride = depth + LANES;
    float[] columns = SCRATCH.floats(0, (long) COLUMNS * stride);
    for (int j = 0; j < width; j++) System.arraycopy(b, from + j * columnStride, columns, j * stride, depth);
    Transposition.transpose(width, depth, columns, 0, stride, panels, to, COLUMNS);
  }
}
