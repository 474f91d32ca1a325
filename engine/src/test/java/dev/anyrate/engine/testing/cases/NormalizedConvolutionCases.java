package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.BatchNormalizedConv1d;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.NormalizedConv1d;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [NormalizedConv1d] and of [BatchNormalizedConv1d].
public final class NormalizedConvolutionCases {
  private static final float EPSILON = 1e-5f;

  private NormalizedConvolutionCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (boolean training : new boolean[] {false, true}) {
      for (boolean relu : new boolean[] {true, false}) {
        for (boolean residual : new boolean[] {true, false}) {
          cases.add(same(training, relu, residual, 9, 5, 6, 3, 1, 9, 4)); // by the direct form
          cases.add(same(training, relu, residual, 70, 64, 80, 3, 1, 70, 1)); // by tiles
        }
      }
      Sizes.aroundLanes().forEach(channels -> cases.add(same(training, true, true, 7, 3, channels, 3, 1, 7, 3, 5)));
      cases.add(same(training, true, true, 40, 1, 17, 7, 1, 40, 13)); // a stem
      cases.add(same(training, true, true, 600, 2, 3, 3, 1, 300, 200, 600)); // blocks behind the valid samples, and one that holds their end
      cases.add(same(training, false, true, 300, 2, 19, 3, 1, 129, 0, 300)); // likewise in vectors, and a series without a sample
      cases.add(same(training, false, false, 67, 3, 33, 3, 1, 65)); // one series
      // Without ReLU: of so many results some lie so near to its kink that differences step over it.
      cases.add(same(training, false, true, 66, 64, 64, 5, 2, 30, 66));
      cases.add(same(training, false, true, 261, 64, 64, 3, 1, 100, 200, 261));
      cases.add(normalized(training, false, true, 21, 4, 6, 5, 2, 0, 2, 2, 7, 3)); // fewer results than samples, and groups
    }
    return cases;
  }

  /// As many results as samples.
  private static OpCase same(boolean training, boolean relu, boolean residual, int length, int in, int out, int kernel,
      int dilation, int... lengths) {
    return normalized(training, relu, residual, length, in, out, kernel, 1, dilation * (kernel / 2), dilation, 1, lengths);
  }

  private static OpCase normalized(boolean training, boolean relu, boolean residual, int length, int in, int out, int kernel,
      int stride, int padding, int dilation, int groups, int... lengths) {
    int batch = lengths.length;
    int outLength = (length + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    String name = (training ? "batch " : "") + "normalized conv1d [" + batch + ", " + length + ", " + in + "] to " + out
        + ", kernel " + kernel + ", stride " + stride + ", dilation " + dilation + (relu ? ", ReLU" : "")
        + (residual ? ", residual" : "");
    var builder = new CaseBuilder(name);
    BatchNormCases.parameters(builder, out, lengths);
    builder.values(batch, length, in).values(out, in / groups, kernel).values(out);
    if (training) builder.frozen(); // the mean takes the bias away again: its gradient is nothing but rounding
    if (residual) builder.values(batch, outLength, out).padded(lengths);
    return builder.build(tensors -> {
      var convolution = new Conv1d(tensors.get(5), tensors.get(6), tensors.get(7), stride, padding, dilation, groups);
      var normalized = new NormalizedConv1d(convolution, tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3),
          tensors.get(4), residual ? tensors.get(8) : null, relu, EPSILON);
      return training ? new BatchNormalizedConv1d(normalized, 0.1f) : normalized;
    }, x -> {
      double[] convolved = ConvolutionCases.convolve(batch, length, in, out, kernel, stride, padding, dilation, groups, x[5],
          x[6], x[7]);
      return BatchNormCases.normalize(training, relu, outLength, out, x, convolved,
          residual ? x[8] : new double[convolved.length]);
    });
  }
}
