package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

/// The matrix G of [Winograd]: from the taps of a filter to its weights at the six points, and, transposed, back to a gradient.
///
/// `G[point, tap] = point^tap / Π (point − other point)` at 0, 1, −1, 2, −2, and at infinity the last tap alone. The points ±1 and ±2 share their even
/// and odd taps. Up to five taps; missing ones are 0.
final class WinogradWeights {
  private static final float AT_0 = 1f / 4;
  private static final float AT_1 = -1f / 6;
  private static final float AT_2 = 1f / 24;

  private WinogradWeights() {}

  /// Transforms the filters that read one channel of the source.
  ///
  /// @param depth   channels of the source
  /// @param columns channels of the result
  /// @param c       channel of the source
  /// @param weights Read; the taps from source channel c to result channel o are at `from + o·columnStride`.
  /// @param reversed whether taps are taken in reverse order
  /// @param panels  Overwritten in row c; the weights of a point, `[depth, columns]` in [GemmPanels], follow those of the one before.
  static void toPoints(int depth, int columns, int c, int kernel, float[] weights, int from, int columnStride, boolean reversed,
      float[] panels) {
    int first = reversed ? kernel - 1 : 0;
    int next = reversed ? -1 : 1;
    int point = GemmPanels.size(depth, columns);
    int padded = GemmPanels.count(columns) * COLUMNS;
    for (int o = 0; o < padded; o++) {
      int to = (o / COLUMNS * depth + c) * COLUMNS + o % COLUMNS;
      int w = from + o * columnStride + first;
      boolean exists = o < columns;
      float w0 = exists ? weights[w] : 0;
      float w1 = exists ? weights[w + next] : 0;
      float w2 = exists ? weights[w + 2 * next] : 0;
      float w3 = exists && kernel == 5 ? weights[w + 3 * next] : 0;
      float w4 = exists && kernel == 5 ? weights[w + 4 * next] : 0;
      float even1 = w0 + w2 + w4;
      float odd1 = w1 + w3;
      float even2 = w0 + 4 * w2 + 16 * w4;
      float odd2 = 2 * w1 + 8 * w3;
      panels[to] = AT_0 * w0;
      panels[to + point] = AT_1 * (even1 + odd1);
      panels[to + 2 * point] = AT_1 * (even1 - odd1);
      panels[to + 3 * point] = AT_2 * (even2 + odd2);
      panels[to + 4 * point] = AT_2 * (even2 - odd2);
      panels[to + 5 * point] = kernel == 5 ? w4 : w2;
    }
  }

  /// dWeight[o, c, k] = Σ_point G[point, k]·sums[point, c, o] for one channel o of the result.
  ///
  /// @param sums    Read; `[6, rows, columns]`, with the channels of the source as rows, those of the result as columns.
  /// @param dWeight Overwritten; `[columns, rows, kernel]` from `dWeight0` on.
  static void toTaps(int rows, int columns, int o, int kernel, float[] sums, float[] dWeight, int dWeight0) {
    int point = rows * columns;
    for (int c = 0; c < rows; c++) {
      int s = c * columns + o;
      float sum1 = AT_1 * (sums[s + point] + sums[s + 2 * point]);
      float difference1 = AT_1 * (sums[s + point] - sums[s + 2 * point]);
      float sum2 = AT_2 * (sums[s + 3 * point] + sums[s + 4 * point]);
      float difference2 = AT_2 * (sums[s + 3 * point] - sums[s + 4 * point]);
      float infinity = sums[s + 5 * point];
      int to = dWeight0 + (o * rows + c) * kernel;
      dWeight[to] = AT_0 * sums[s] + sum1 + sum2;
      dWeight[to + 1] = difference1 + 2 * difference2;
      float second = sum1 + 4 * sum2;
      if (kernel == 3) {
        dWeight[to + 2] = second + infinity;
        continue;
      }
      dWeight[to + 2] = second;
      dWeight[to + 3] = difference1 + 8 * difference2;
      dWeight[to + 4] = sum1 + 16 * sum2 + infinity;
    }
  }
}
