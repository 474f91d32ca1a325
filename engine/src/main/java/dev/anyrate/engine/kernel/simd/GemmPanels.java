package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// The form in which [GemmTile] reads a right operand B `[depth, columns]`: panels of [GemmTile#COLUMNS] columns, one behind the
/// other, each row by row, the last one filled up with zeros, so that the tile needs no special case for the right edge.
///
/// The whole panels of a row-major matrix need no packing: they can be read where they are.
final class GemmPanels {
  /// Rows of a panel that fit a first-level cache beside what they are read from.
  private static final int TRANSPOSED_ROWS = 32;

  private GemmPanels() {}

  /// Panels that `columns` columns take.
  static int count(int columns) {
    return (columns + COLUMNS - 1) / COLUMNS;
  }

  /// Floats that a packed operand takes.
  static int size(int depth, int columns) {
    return count(columns) * COLUMNS * depth;
  }

  /// Packs all panels.
  ///
  /// @param b      Read; B[p, j] is `b[b0 + p·depthStride + j·columnStride]`.
  /// @param panels Overwritten from `to` on.
  static void pack(int depth, int columns, float[] b, int b0, int depthStride, int columnStride, float[] panels, int to) {
    for (int panel = 0; panel < count(columns); panel++) {
      packPanel(panel, depth, columns, b, b0, depthStride, columnStride, panels, to);
    }
  }

  /// Packs one panel of those that [#pack] packs.
  static void packPanel(int panel, int depth, int columns, float[] b, int b0, int depthStride, int columnStride, float[] panels,
      int to) {
    int first = panel * COLUMNS;
    int width = Math.min(COLUMNS, columns - first);
    int from = b0 + first * columnStride;
    int row0 = to + first * depth;
    if (columnStride == 1 && width == COLUMNS) {
      copyRows(depth, b, from, depthStride, panels, row0);
    } else if (columnStride == 1) {
      for (int p = 0; p < depth; p++) System.arraycopy(b, from + p * depthStride, panels, row0 + p * COLUMNS, width);
    } else {
      transpose(depth, width, b, from, depthStride, columnStride, panels, row0);
    }
    for (int p = 0; p < depth && width < COLUMNS; p++)
      Arrays.fill(panels, row0 + p * COLUMNS + width, row0 + (p + 1) * COLUMNS, 0);
  }

  /// A whole panel of a row-major matrix, two vectors a row.
  private static void copyRows(int depth, float[] b, int from, int depthStride, float[] panels, int to) {
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(FLOATS, b, from + p * depthStride).intoArray(panels, to + p * COLUMNS);
      FloatVector.fromArray(FLOATS, b, from + p * depthStride + LANES).intoArray(panels, to + p * COLUMNS + LANES);
    }
  }

  /// Some rows at a time, so that each line of the cache that is read or written is used up before the next.
  private static void transpose(int depth, int width, float[] b, int from, int depthStride, int columnStride, float[] panels,
      int to) {
    for (int first = 0; first < depth; first += TRANSPOSED_ROWS) {
      int last = Math.min(depth, first + TRANSPOSED_ROWS);
      for (int j = 0; j < width; j++) {
        int column = from + j * columnStride;
        for (int p = first; p < last; p++) panels[to + p * COLUMNS + j] = b[column + p * depthStride];
      }
    }
  }
}
