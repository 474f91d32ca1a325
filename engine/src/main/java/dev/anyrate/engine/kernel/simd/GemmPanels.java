package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

import java.util.Arrays;

/// A right operand B `[depth, columns]` in panels of [GemmTile#COLUMNS] columns, as [GemmTile] reads it.
///
/// B[p, j] is `array[offset + j/COLUMNS·stride + p·rowStride + j%COLUMNS]`. A packed operand has one panel behind the other, each
/// row by row, the last one filled up with zeros, so that the tile needs no special case for the right edge. The whole panels of
/// a row-major matrix can be read where they are.
///
/// @param array     holds the numbers
/// @param offset    of the first one
/// @param rowStride floats from one row to the next
/// @param stride    floats from one panel to the next
record GemmPanels(float[] array, int offset, int rowStride, int stride) {
  /// Panels in `array`, one behind the other, for an operand of `depth` rows; [#pack] fills them.
  static GemmPanels packed(float[] array, int depth) {
    return new GemmPanels(array, 0, COLUMNS, depth * COLUMNS);
  }

  /// The whole panels of a row-major matrix, unpacked.
  static GemmPanels plain(float[] array, int offset, int rowStride) {
    return new GemmPanels(array, offset, rowStride, COLUMNS);
  }

  /// Panels that `columns` columns take.
  static int count(int columns) {
    return (columns + COLUMNS - 1) / COLUMNS;
  }

  /// Floats that a packed operand takes.
  static int size(int depth, int columns) {
    return count(columns) * COLUMNS * depth;
  }

  /// The same panels from row `row` on.
  GemmPanels from(int row) {
    return new GemmPanels(array, offset + row * rowStride, rowStride, stride);
  }

  /// Packs all panels.
  ///
  /// @param b Read; B[p, j] is `b[b0 + p·depthStride + j·columnStride]`.
  void pack(int depth, int columns, float[] b, int b0, int depthStride, int columnStride) {
    for (int panel = 0; panel < count(columns); panel++) packPanel(panel, depth, columns, b, b0, depthStride, columnStride);
  }

  /// Packs one panel of those that [#pack] packs.
  void packPanel(int panel, int depth, int columns, float[] b, int b0, int depthStride, int columnStride) {
    int first = panel * COLUMNS;
    int width = Math.min(COLUMNS, columns - first);
    int from = b0 + first * columnStride;
    int to = offset + panel * stride;
    for (int p = 0; p < depth; p++, from += depthStride, to += rowStride) {
      if (columnStride == 1) System.arraycopy(b, from, array, to, width);
      else
        for (int j = 0; j < width; j++) array[to + j] = b[from + j * columnStride];
      if (width < COLUMNS) Arrays.fill(array, to + width, to + COLUMNS, 0);
    }
  }
}
