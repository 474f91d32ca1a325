package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.LayerNorm;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [LayerNorm].
public final class LayerNormCases {
  private static final float EPSILON = 1e-5f;

  private LayerNormCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(channels -> cases.add(layerNorm(3, channels)));
    cases.add(layerNorm(1, 25));
    cases.add(layerNorm(13, 25));
    cases.add(layerNorm(2, 5, 13));
    cases.add(layerNorm(207));
    cases.add(layerNorm(90, 70));
    cases.add(layerNorm(0, 25));
    cases.add(farFromZero());
    return cases;
  }

  private static OpCase layerNorm(int... dims) {
    int channels = dims[dims.length - 1];
    return new CaseBuilder("layer norm " + Shape.of(dims)).values(dims).values(channels).values(channels).build(
        tensors -> new LayerNorm(tensors.get(0), tensors.get(1), tensors.get(2), EPSILON),
        x -> reference(channels, x[0], x[1], x[2]));
  }

  /// A variance far below the squared mean, which only two passes find.
  private static OpCase farFromZero() {
    return new CaseBuilder("layer norm far from zero").between(50, 52, 5, 33).values(33).values(33)
        .tolerance(1e-4) // x − mean is a difference of numbers near 50, which float32 resolves to 4e-6
        .build(tensors -> new LayerNorm(tensors.get(0), tensors.get(1), tensors.get(2), EPSILON),
            x -> reference(33, x[0], x[1], x[2]));
  }

  private static double[] reference(int channels, double[] x, double[] gamma, double[] beta) {
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += channels) {
      double mean = 0;
      for (int c = 0; c < channels; c++) mean += x[row + c] / channels;
      double variance = 0;
      for (int c = 0; c < channels; c++) variance += (x[row + c] - mean) * (x[row + c] - mean) / channels;
      for (int c = 0; c < channels; c++) y[row + c] = (x[row + c] - mean) / Math.sqrt(variance + EPSILON) * gamma[c] + beta[c];
    }
    return y;
  }
}
