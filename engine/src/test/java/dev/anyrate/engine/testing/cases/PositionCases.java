package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.RelativePosition;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cases of [RelativePosition].
public final class PositionCases {
  private PositionCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(channels -> cases.add(relativePosition(5, channels, 4, 20, 20, 7)));
    cases.add(relativePosition(1, 6, 1, 1));
    cases.add(relativePosition(301, 13, 3, 900, 1000));
    return cases;
  }

  private static OpCase relativePosition(int rows, int channels, int stride, int... lengths) {
    String setting = " [" + lengths.length + ", " + rows + ", " + channels + "], stride " + stride + ", lengths "
        + Arrays.toString(lengths);
    return new CaseBuilder("relative position" + setting).values(lengths.length, rows, channels).counts(lengths)
        .build(tensors -> new RelativePosition(tensors.get(0), tensors.get(1), stride),
            x -> reference(rows, channels, stride, x));
  }

  private static double[] reference(int rows, int channels, int stride, double[][] inputs) {
    double[] y = inputs[0].clone();
    int lastPair = (channels - 1) / 2;
    for (int i = 0; i < y.length; i++) {
      int c = i % channels;
      int t = i / channels % rows;
      double length = inputs[1][i / channels / rows];
      double periods = 0.25 * Math.pow(64, lastPair == 0 ? 0 : (double) (c / 2) / lastPair);
      double angle = 2 * Math.PI * periods * (t + 0.5) * stride / length;
      y[i] += c % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
    return y;
  }
}
