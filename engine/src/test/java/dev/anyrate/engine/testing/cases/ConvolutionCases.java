package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [Conv1d].
public final class ConvolutionCases {
  private ConvolutionCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(size -> {
      cases.add(plain(2, 9, 5, size, 3)); // output channels
      cases.add(plain(2, 9, size, 6, 3)); // input channels
      cases.add(plain(2, size, 4, 7, 3)); // length
    });
    for (int taps : new int[] {1, 3, 5, 7, 9, 17, 33}) cases.add(plain(1, 20, 3, 8, taps));
    cases.add(plain(1, 1, 1, 1, 1));
    cases.add(plain(3, 25, 13, 7, 1));
    cases.add(plain(2, 31, 1, 17, 7)); // a stem
    cases.add(plain(3, 37, 33, 70, 3)); // more than a block of channels
    cases.add(plain(1, 300, 9, 10, 5)); // more than a block of samples
    cases.add(plain(2, 65, 32, 32, 3)); // channels in full vectors
    for (int stride : new int[] {1, 2, 3}) {
      for (int dilation : new int[] {1, 2, 4}) {
        for (int padding : new int[] {0, 1, 8}) cases.add(conv(2, 19, 5, 6, 4, stride, padding, dilation, 1, true));
      }
    }
    for (int groups : new int[] {2, 3, 6}) {
      cases.add(conv(2, 11, 6, 12, 3, 1, 1, 1, groups, true));
      cases.add(conv(2, 17, 12, 6, 5, 2, 3, 2, groups, false));
    }
    cases.add(conv(2, 13, 17, 17, 3, 1, 1, 1, 17, true)); // depthwise
    cases.add(conv(2, 15, 7, 9, 3, 1, 1, 1, 1, false));
    cases.add(conv(2, 3, 4, 5, 3, 4, 0, 1, 1, true)); // a single window
    cases.add(conv(2, 2, 3, 4, 8, 3, 5, 1, 1, true)); // the window is longer than the series
    cases.add(conv(2, 32, 4, 9, 8, 4, 2, 1, 1, true)); // a patch embedding
    addTiled(cases);
    return cases;
  }

  /// Wide enough for the methods that compute several samples together: whole tiles and parts of one, more than a block, taps apart, little and much padding.
  private static void addTiled(List<OpCase> cases) {
    for (int kernel : new int[] {3, 5}) {
      for (int length : new int[] {64, 65, 66, 67}) cases.add(plain(1, length, 64, 80, kernel));
      cases.add(plain(2, 261, 64, 64, kernel));
      for (int dilation : new int[] {2, 4, 16}) {
        cases.add(conv(2, 71, 80, 64, kernel, 1, dilation * (kernel / 2), dilation, 1, true));
        cases.add(conv(1, 64, 64, 64, kernel, 1, 16, dilation, 1, false));
        cases.add(conv(1, 81, 64, 64, kernel, 1, 0, dilation, 1, false));
      }
    }
  }

  /// Stride 1, and as much padding as keeps the length.
  private static OpCase plain(int batch, int length, int in, int out, int kernel) {
    return conv(batch, length, in, out, kernel, 1, kernel / 2, 1, 1, true);
  }

  private static OpCase conv(int batch, int length, int in, int out, int kernel, int stride, int padding, int dilation,
      int groups, boolean bias) {
    String name = "conv1d [" + batch + ", " + length + ", " + in + "] to " + out + ", kernel " + kernel + ", stride " + stride
        + ", padding " + padding + ", dilation " + dilation + ", groups " + groups + (bias ? "" : ", no bias");
    var builder = new CaseBuilder(name).values(batch, length, in).values(out, in / groups, kernel);
    if (bias) builder.values(out);
    return builder.build(
        tensors -> new Conv1d(tensors.get(0), tensors.get(1), bias ? tensors.get(2) : null, stride, padding, dilation, groups),
        x -> convolve(batch, length, in, out, kernel, stride, padding, dilation, groups, x[0], x[1],
            bias ? x[2] : new double[out]));
  }

  static double[] convolve(int batch, int length, int in, int out, int kernel, int stride, int padding, int dilation,
      int groups, double[] x, double[] weight, double[] bias) {
    int outLength = (length + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    int groupIn = in / groups;
    int groupOut = out / groups;
    double[] y = new double[batch * outLength * out];
    for (int row = 0; row < batch * outLength; row++) System.arraycopy(bias, 0, y, row * out, out);
    double[] perOutput = outputsLast(out, groupIn * kernel, weight);
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < outLength; t++) {
        for (int k = 0; k < kernel; k++) {
          int sample = t * stride + k * dilation - padding;
          if (sample < 0 || sample >= length) continue;
          for (int c = 0; c < in; c++) {
            int firstOutput = c / groupIn * groupOut;
            addMultiple(x[(b * length + sample) * in + c], perOutput, (c % groupIn * kernel + k) * out + firstOutput, y,
                (b * outLength + t) * out + firstOutput, groupOut);
          }
        }
      }
    }
    return y;
  }

  /// Weights of all outputs side by side: sums that do not wait for each other take a quarter of the time.
  private static double[] outputsLast(int out, int weights, double[] weight) {
    double[] result = new double[weight.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < weights; i++) result[i * out + o] = weight[o * weights + i];
    }
    return result;
  }

  /// y ← y + s·x
  private static void addMultiple(double s, double[] x, int xOffset, double[] y, int yOffset, int count) {
    for (int i = 0; i < count; i++) y[yOffset + i] += s * x[xOffset + i];
  }
}
