package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.BatchNorm;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.List;

/// Cases of [BatchNorm].
public final class BatchNormCases {
  private static final float EPSILON = 1e-5f;

  private BatchNormCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    for (boolean training : new boolean[] {true, false}) {
      for (boolean relu : new boolean[] {true, false}) {
        for (boolean residual : new boolean[] {true, false}) {
          cases.add(batchNorm(training, relu, residual, 6, 5, 6, 4, 1));
          cases.add(batchNorm(training, relu, residual, 13, 25, 13, 2, 7));
        }
      }
      Sizes.aroundLanes().forEach(channels -> cases.add(batchNorm(training, true, true, 7, channels, 7, 3, 5)));
      Sizes.aroundLanesFromTwo()
          .forEach(length -> cases.add(batchNorm(training, false, false, length, 3, length, 1, length - 1, 2)));
      cases.add(batchNorm(training, true, true, 70, 65, 70, 33, 64)); // more than a block
      cases.add(batchNorm(training, true, true, 5, 17, 3, 0, 5)); // a series without a sample
      for (int channels : new int[] {3, 17}) cases.add(batchNorm(training, true, false, 5, channels, 0, 0)); // a batch without a sample
      cases.add(ownResidual(training));
    }
    cases.add(farFromZero());
    return cases;
  }

  private static OpCase batchNorm(boolean training, boolean relu, boolean residual, int length, int channels, int... lengths) {
    int batch = lengths.length;
    var builder = new CaseBuilder(
        name(training, batch, length, channels) + (relu ? ", ReLU" : "") + (residual ? ", residual" : ""));
    parameters(builder, channels, lengths);
    builder.values(batch, length, channels).padded(lengths);
    if (residual) builder.values(batch, length, channels).padded(lengths);
    return builder.build(
        tensors -> new BatchNorm(tensors.get(5), tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3), tensors.get(4),
            residual ? tensors.get(6) : null, relu, 0.1f, EPSILON, training),
        x -> reference(training, relu, length, channels, x, residual ? x[6] : new double[x[5].length]));
  }

  /// One tensor as operand and as residual.
  private static OpCase ownResidual(boolean training) {
    var builder = new CaseBuilder(name(training, 2, 6, 5) + ", residual is x");
    parameters(builder, 5, 6, 4);
    return builder.values(2, 6, 5).padded(6, 4).build(
        tensors -> new BatchNorm(tensors.get(5), tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3), tensors.get(4),
            tensors.get(5), false, 0.1f, EPSILON, training),
        x -> reference(training, false, 6, 5, x, x[5]));
  }

  /// A variance far below the squared mean, which only two passes find.
  private static OpCase farFromZero() {
    var builder = new CaseBuilder("batch norm in training far from zero");
    parameters(builder, 5, 9, 8, 9);
    return builder.between(50, 52, 3, 9, 5).padded(9, 8, 9)
        .tolerance(1e-4) // x − mean is a difference of numbers near 50, which float32 resolves to 4e-6
        .build(tensors -> new BatchNorm(tensors.get(5), tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3),
            tensors.get(4), null, false, 0.1f, EPSILON, true),
            x -> reference(true, false, 9, 5, x, new double[x[5].length]));
  }

  private static String name(boolean training, int batch, int length, int channels) {
    return "batch norm in " + (training ? "training" : "evaluation") + " [" + batch + ", " + length + ", " + channels + "]";
  }

  /// Lengths, gamma, beta, running mean and running variance.
  static void parameters(CaseBuilder builder, int channels, int... lengths) {
    builder.counts(lengths).values(channels).values(channels).values(channels).frozen().between(0.5f, 2, channels).frozen();
  }

  private static double[] reference(boolean training, boolean relu, int length, int channels, double[][] inputs,
      double[] residual) {
    return normalize(training, relu, length, channels, inputs, inputs[5], residual);
  }

  /// @param inputs lengths, gamma, beta, running mean and running variance come first
  static double[] normalize(boolean training, boolean relu, int length, int channels, double[][] inputs, double[] x,
      double[] residual) {
    double[] lengths = inputs[0];
    double[] gamma = inputs[1];
    double[] beta = inputs[2];
    double[] y = new double[x.length];
    for (int c = 0; c < channels; c++) {
      double mean = training ? mean(lengths, length, channels, c, x) : inputs[3][c];
      double variance = training ? variance(lengths, length, channels, c, x, mean) : inputs[4][c];
      for (int b = 0; b < lengths.length; b++) {
        for (int t = 0; t < lengths[b]; t++) {
          int i = (b * length + t) * channels + c;
          double sum = (x[i] - mean) / Math.sqrt(variance + EPSILON) * gamma[c] + beta[c] + residual[i];
          y[i] = relu ? Math.max(sum, 0) : sum;
        }
      }
    }
    return y;
  }

  private static double mean(double[] lengths, int length, int channels, int c, double[] x) {
    double sum = 0;
    double count = 0;
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) sum += x[(b * length + t) * channels + c];
      count += lengths[b];
    }
    return sum / count;
  }

  private static double variance(double[] lengths, int length, int channels, int c, double[] x, double mean) {
    double sum = 0;
    double count = 0;
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        double difference = x[(b * length + t) * channels + c] - mean;
        sum += difference * difference;
      }
      count += lengths[b];
    }
    return sum / count;
  }
}
