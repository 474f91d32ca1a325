package dev.anyrate.model.minirocket;

import dev.anyrate.augment.series.TimeSeries;
import java.util.Arrays;

/// A series as the kernels of one spacing see it: shifted to each of the nine places of a weight, with zeros beyond its ends.
///
/// All 84 convolutions come from these nine: `−Σⱼ xⱼ + 3·(x_a + x_b + x_c)` is the kernel with the weight 2 at a, b and c. So a kernel costs three additions
/// for each sample instead of nine products.
final class DilatedSeries {
  private final int length;
  private final float[][][] shifted; // [C][9][L]
  private final float[][] sums; // [C][L], over the nine

  /// @param channels of the series
  /// @param length   of every channel
  DilatedSeries(int channels, int length) {
    this.length = length;
    this.shifted = new float[channels][KernelSet.LENGTH][length];
    this.sums = new float[channels][length];
  }

  /// Samples of every channel.
  int length() {
    return length;
  }

  /// Takes a series at a spacing in place of the one before.
  void set(TimeSeries series, int spacing) {
    for (int c = 0; c < shifted.length; c++) {
      float[] values = series.channel(c);
      Arrays.fill(sums[c], 0);
      for (int j = 0; j < KernelSet.LENGTH; j++) {
        int shift = (j - KernelSet.LENGTH / 2) * spacing;
        float[] target = shifted[c][j];
        int from = Math.clamp(-shift, 0, length);
        int to = Math.clamp(length - shift, 0, length);
        Arrays.fill(target, 0, from, 0);
        if (from < to) System.arraycopy(values, from + shift, target, from, to - from);
        Arrays.fill(target, Math.max(from, to), length, 0);
        for (int t = 0; t < length; t++) sums[c][t] += target[t];
      }
    }
  }

  /// The convolution with one kernel, summed over some of the channels.
  ///
  /// @param kernel   from 0 to 83
  /// @param channels that the kernel sees, at least one. Read.
  /// @param out      `[L]`. Overwritten.
  void convolve(int kernel, int[] channels, float[] out) {
    int[] places = KernelSet.PLACES_OF_TWO[kernel];
    for (int i = 0; i < channels.length; i++) {
      float[][] shifts = shifted[channels[i]];
      if (i == 0) {
        write(shifts[places[0]], shifts[places[1]], shifts[places[2]], sums[channels[i]], out);
      } else {
        add(shifts[places[0]], shifts[places[1]], shifts[places[2]], sums[channels[i]], out);
      }
    }
  }

  private static void write(float[] a, float[] b, float[] c, float[] sum, float[] out) {
    for (int t = 0; t < out.length; t++) out[t] = 3 * (a[t] + b[t] + c[t]) - sum[t];
  }

  private static void add(float[] a, float[] b, float[] c, float[] sum, float[] out) {
    for (int t = 0; t < out.length; t++) out[t] += 3 * (a[t] + b[t] + c[t]) - sum[t];
  }
}
