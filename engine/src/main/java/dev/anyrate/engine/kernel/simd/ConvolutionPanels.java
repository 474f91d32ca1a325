package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

import java.util.Arrays;

/// Convolution weights `[Cout, Cin/groups, K]` as right operands of a [Correlation]: for each of its groups `[K·rows, columns]`
/// in panels, with the source's channels as rows and the result's as columns. Where groups were merged, zeros stand between them.
///
/// @param form     the panels are for
/// @param backward whether the result is the gradient of the input: taps in reverse order, rows and columns exchanged
/// @param groups   of the weights, before merging
record ConvolutionPanels(Correlation form, boolean backward, int groups) {
  /// Floats of one group.
  long groupSize() {
    return GemmPanels.size(depth(), form.groupOutChannels());
  }

  /// Floats of all groups.
  long size() {
    return form.groups() * groupSize();
  }

  /// Panels of all groups; [#pack] fills one.
  int count() {
    return form.groups() * GemmPanels.count(form.groupOutChannels());
  }

  /// Rows of the packed operand of one group.
  int depth() {
    return form.kernel() * form.groupInChannels();
  }

  /// Where the packed operand of one group begins, from a tap on.
  int offset(int group, int tap) {
    return group * (int) groupSize() + tap * form.groupInChannels() * COLUMNS;
  }

  /// Packs one panel.
  void pack(int index, float[] weight, int weight0, float[] panels) {
    int merged = groups / form.groups();
    int rows = form.groupInChannels() / merged; // of one group before merging
    int columns = form.groupOutChannels() / merged;
    int kernel = form.kernel();
    int rowStride = backward ? columns * kernel : kernel;
    int columnStride = backward ? kernel : rows * kernel;
    int perGroup = GemmPanels.count(form.groupOutChannels());
    int firstColumn = index % perGroup * COLUMNS;
    int to = index * form.groupInChannels() * kernel * COLUMNS;
    for (int tap = 0; tap < kernel; tap++) {
      for (int row = 0; row < form.groupInChannels(); row++, to += COLUMNS) {
        int member = row / rows; // the group that the row belongs to, among the merged ones
        int group = index / perGroup * merged + member;
        int from = weight0 + group * rows * columns * kernel + row % rows * rowStride + (backward ? kernel - 1 - tap : tap);
        int first = Math.max(firstColumn, member * columns);
        int last = Math.min(firstColumn + COLUMNS, (member + 1) * columns);
        Arrays.fill(panels, to, to + COLUMNS, 0);
        for (int column = first; column < last; column++) {
          panels[to + column - firstColumn] = weight[from + (column - member * columns) * columnStride];
        }
      }
    }
  }
}
