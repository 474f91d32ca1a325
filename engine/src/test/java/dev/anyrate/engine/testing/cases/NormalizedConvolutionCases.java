package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.NormalizedConv1d;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [NormalizedConv1d].
public final class NormalizedConvolutionCases {
  private static final float EPSILON = 1e-5f;

  private NormalizedConvolutionCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (boolean relu : new boolean[] {true, false}) {
      for (boolean residual : new boolean[] {true, false}) {
        cases.add(same(relu, residual, 9, 5, 6, 3, 1, 9, 4)); // by the direct form
        cases.add(same(relu, residual, 70, 64, 80, 3, 1, 70, 1)); // by tiles
      }
    }
    Sizes.aroundLanes().forEach(channels -> cases.add(same(true, true, 7, 3, channels, 3, 1, 7, 3, 5)));
    cases.add(same(true, true, 40, 1, 17, 7, 1, 40, 13)); // a stem
    cases.add(same(true, true, 600, 2, 3, 3, 1, 300, 200, 600)); // blocks behind the valid samples, and one that holds their end
    // Without ReLU: of so many results some lie so near to its kink that differences step over it.
    cases.add(same(false, true, 66, 64, 64, 5, 2, 30, 66));
    cases.add(same(false, true, 261, 64, 64, 3, 1, 100, 200, 261));
    cases.add(normalized(false, true, 21, 4, 6, 5, 2, 0, 2, 2, 7, 3)); // fewer results than samples, and groups
    return cases;
  }

  /// As many results as samples.
  private static OpCase same(boolean relu, boolean residual, int length, int in, int out, int kernel, int dilation,
      int... lengths) {
    return normalized(relu, residual, length, in, out, kernel, 1, dilation * (kernel / 2), dilation, 1, lengths);
  }

  private static OpCase normalized(boolean relu, boolean residual, int length, int in, int out, int kernel, int stride,
      int padding, int dilation, int groups, int... lengths) {
    int batch = lengths.length;
    int outLength = (length + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    String name = "normalized conv1d [" + batch + ", " + length + ", " + in + "] to " + out + ", kernel " + kernel + ", stride "
        + stride + ", dilation " + dilation + (relu ? ", ReLU" : "") + (residual ? ", residual" : "");
    var builder = new CaseBuilder(name).counts(lengths).values(batch, length, in).values(out, in / groups, kernel).values(out)
        .values(out).values(out).values(out).frozen().between(0.5f, 2, out).frozen();
    if (residual) builder.values(batch, outLength, out).padded(lengths);
    return builder.build(tensors -> {
      var convolution = new Conv1d(tensors.get(1), tensors.get(2), tensors.get(3), stride, padding, dilation, groups);
      return new NormalizedConv1d(convolution, tensors.get(0), tensors.get(4), tensors.get(5), tensors.get(6), tensors.get(7),
          residual ? tensors.get(8) : null, relu, EPSILON);
    }, x -> {
      double[] convolved = ConvolutionCases.convolve(batch, length, in, out, kernel, stride, padding, dilation, groups, x[1],
          x[2], x[3]);
      return normalize(relu, outLength, out, x, convolved, residual ? x[8] : new double[convolved.length]);
    });
  }

  private static double[] normalize(boolean relu, int length, int channels, double[][] inputs, double[] x, double[] residual) {
    double[] y = new double[x.length];
    for (int b = 0; b < inputs[0].length; b++) {
      for (int t = 0; t < inputs[0][b]; t++) {
        for (int c = 0; c < channels; c++) {
          int i = (b * length + t) * channels + c;
          double scale = inputs[4][c] / Math.sqrt(inputs[7][c] + EPSILON);
          double sum = (x[i] - inputs[6][c]) * scale + inputs[5][c] + residual[i];
          y[i] = relu ? Math.max(sum, 0) : sum;
        }
      }
    }
    return y;
  }
}
