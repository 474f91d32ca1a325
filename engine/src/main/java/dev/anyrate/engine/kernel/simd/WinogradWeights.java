package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.GemmTile.COLUMNS;

/// The matrix G of [Winograd]: from the taps of a filter to its weights at the points, and, transposed, back to a gradient.
///
/// Points p and −p share their even and odd taps.
final class WinogradWeights {
  private WinogradWeights() {}

  /// Transforms the filters that read one channel of the source.
  ///
  /// @param depth    channels of the source
  /// @param columns  channels of the result
  /// @param c        channel of the source
  /// @param kernel   taps, 3 or 5
  /// @param weights  Read; the taps from source channel c to result channel o are at `from + o·columnStride`.
  /// @param reversed whether taps are taken in reverse order
  /// @param panels   Overwritten in row c; the weights of a point, `[depth, columns]` in [GemmPanels], follow those of the one before.
  static void toPoints(int depth, int columns, int c, int kernel, float[] weights, int from, int columnStride, boolean reversed,
      float[] panels) {
    int first = reversed ? kernel - 1 : 0;
    int next = reversed ? -1 : 1;
    int point = (int) GemmPanels.size(depth, columns);
    int padded = GemmPanels.count(columns) * COLUMNS;
    for (int o = 0; o < padded; o++) {
      int to = (o / COLUMNS * depth + c) * COLUMNS + o % COLUMNS;
      if (o >= columns) {
        for (int p = 0; p < Winograd.points(kernel); p++) panels[to + p * point] = 0;
      } else if (kernel == 3) {
        threeTaps(weights, from + o * columnStride + first, next, panels, to, point);
      } else {
        fiveTaps(weights, from + o * columnStride + first, next, panels, to, point);
      }
    }
  }

  private static void threeTaps(float[] w, int w0, int next, float[] panels, int to, int point) {
    float first = w[w0];
    float second = w[w0 + next];
    float third = w[w0 + 2 * next];
    panels[to] = first / 4;
    pair(-1f / 6, first + third, second, panels, to + point, point);
    pair(1f / 24, first + 4 * third, 2 * second, panels, to + 3 * point, point);
    panels[to + 5 * point] = third;
  }

  private static void fiveTaps(float[] w, int w0, int next, float[] panels, int to, int point) {
    float first = w[w0];
    float second = w[w0 + next];
    float third = w[w0 + 2 * next];
    float fourth = w[w0 + 3 * next];
    float fifth = w[w0 + 4 * next];
    panels[to] = first;
    pair(-2f / 9, first + third + fifth, second + fourth, panels, to + point, point);
    pair(1f / 90, first + 4 * third + 16 * fifth, 2 * second + 8 * fourth, panels, to + 3 * point, point);
    pair(32f / 45, first + third / 4 + fifth / 16, second / 2 + fourth / 8, panels, to + 5 * point, point);
    panels[to + 7 * point] = fifth;
  }

  /// The weights of a point and its negative.
  private static void pair(float scale, float even, float odd, float[] panels, int to, int point) {
    panels[to] = scale * (even + odd);
    panels[to + point] = scale * (even - odd);
  }

  /// dWeight[o, c, k] = Σ_point G[point, k]·sums[point, c, o] for one channel o of the result.
  ///
  /// @param kernel  taps, 3 or 5
  /// @param sums    Read; `[points, rows, columns]`, with the channels of the source as rows, those of the result as columns.
  /// @param dWeight Overwritten; `[columns, rows, kernel]` from `dWeight0` on.
  static void toTaps(int rows, int columns, int o, int kernel, float[] sums, float[] dWeight, int dWeight0) {
    int point = rows * columns;
    for (int c = 0; c < rows; c++) {
      int s = c * columns + o;
      int to = dWeight0 + (o * rows + c) * kernel;
      if (kernel == 3) threeTapsBack(sums, s, point, dWeight, to);
      else
        fiveTapsBack(sums, s, point, dWeight, to);
    }
  }

  private static void threeTapsBack(float[] s, int s0, int point, float[] dWeight, int to) {
    float sum1 = -1f / 6 * (s[s0 + point] + s[s0 + 2 * point]);
    float difference1 = -1f / 6 * (s[s0 + point] - s[s0 + 2 * point]);
    float sum2 = 1f / 24 * (s[s0 + 3 * point] + s[s0 + 4 * point]);
    float difference2 = 1f / 24 * (s[s0 + 3 * point] - s[s0 + 4 * point]);
    dWeight[to] = s[s0] / 4 + sum1 + sum2;
    dWeight[to + 1] = difference1 + 2 * difference2;
    dWeight[to + 2] = sum1 + 4 * sum2 + s[s0 + 5 * point];
  }

  private static void fiveTapsBack(float[] s, int s0, int point, float[] dWeight, int to) {
    float sum1 = -2f / 9 * (s[s0 + point] + s[s0 + 2 * point]);
    float difference1 = -2f / 9 * (s[s0 + point] - s[s0 + 2 * point]);
    float sum2 = 1f / 90 * (s[s0 + 3 * point] + s[s0 + 4 * point]);
    float difference2 = 1f / 90 * (s[s0 + 3 * point] - s[s0 + 4 * point]);
    float sum3 = 32f / 45 * (s[s0 + 5 * point] + s[s0 + 6 * point]);
    float difference3 = 32f / 45 * (s[s0 + 5 * point] - s[s0 + 6 * point]);
    dWeight[to] = s[s0] + sum1 + sum2 + sum3;
    dWeight[to + 1] = difference1 + 2 * difference2 + difference3 / 2;
    dWeight[to + 2] = sum1 + 4 * sum2 + sum3 / 4;
    dWeight[to + 3] = difference1 + 8 * difference2 + difference3 / 8;
    dWeight[to + 4] = sum1 + 16 * sum2 + sum3 / 16 + s[s0 + 7 * point];
  }
}
