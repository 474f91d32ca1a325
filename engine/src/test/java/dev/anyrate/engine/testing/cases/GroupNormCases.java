package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.GroupNorm;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [GroupNorm].
public final class GroupNormCases {
  private static final float EPSILON = 1e-5f;

  private GroupNormCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(channels -> {
      cases.add(groupNorm(1, 7, channels, 7, 3, 5));
      cases.add(groupNorm(channels, 8, channels, 8, 3, 5)); // instance normalisation
      cases.add(groupNorm(3, 6, 3 * channels, 6, 2));
    });
    cases.add(groupNorm(2, 1, 8, 1, 1));
    cases.add(groupNorm(5, 13, 25, 13));
    cases.add(groupNorm(4, 70, 64, 70, 33, 64));
    cases.add(groupNorm(2, 6, 34, 6, 0, 3)); // a series without a sample
    cases.add(farFromZero());
    return cases;
  }

  private static OpCase groupNorm(int groups, int length, int channels, int... lengths) {
    int batch = lengths.length;
    return new CaseBuilder("group norm [" + batch + ", " + length + ", " + channels + "], groups " + groups)
        .values(batch, length, channels).padded(lengths).counts(lengths).values(channels).values(channels)
        .build(tensors -> new GroupNorm(tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3), groups, EPSILON),
            x -> reference(groups, length, channels, x[0], x[1], x[2], x[3]));
  }

  /// A variance far below the squared mean, which only two passes find.
  private static OpCase farFromZero() {
    return new CaseBuilder("group norm far from zero").between(50, 52, 2, 9, 6).padded(9, 5).counts(9, 5).values(6).values(6)
        .tolerance(1e-4) // x − mean is a difference of numbers near 50, which float32 resolves to 4e-6
        .build(tensors -> new GroupNorm(tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3), 2, EPSILON),
            x -> reference(2, 9, 6, x[0], x[1], x[2], x[3]));
  }

  private static double[] reference(int groups, int length, int channels, double[] x, double[] lengths, double[] gamma,
      double[] beta) {
    int width = channels / groups;
    double[] y = new double[x.length];
    for (int b = 0; b < lengths.length; b++) {
      for (int group = 0; group < groups; group++) {
        double mean = 0;
        double square = 0;
        double count = lengths[b] * width;
        for (int pass = 0; pass < 3; pass++) { // the mean, the variance around it, the result
          for (int t = 0; t < lengths[b]; t++) {
            for (int c = group * width; c < (group + 1) * width; c++) {
              int i = (b * length + t) * channels + c;
              switch (pass) {
                case 0 -> mean += x[i] / count;
                case 1 -> square += (x[i] - mean) * (x[i] - mean) / count;
                default -> y[i] = (x[i] - mean) / Math.sqrt(square + EPSILON) * gamma[c] + beta[c];
              }
            }
          }
        }
      }
    }
    return y;
  }
}
