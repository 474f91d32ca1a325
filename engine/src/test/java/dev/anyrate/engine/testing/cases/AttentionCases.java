package dev.anyrate.engine.testing.cases;

import dev.anyrate.engine.ops.Attention;
import dev.anyrate.engine.testing.OpCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cases of [Attention].
public final class AttentionCases {
  private AttentionCases() {}

  /// All of them.
  public static List<OpCase> all() {
    var cases = new ArrayList<OpCase>();
    Sizes.aroundLanes().forEach(headSize -> cases.add(attention(3, 1, headSize, 3)));
    Sizes.aroundLanes().forEach(length -> cases.add(attention(length, 2, 3, length, length / 2)));
    cases.add(attention(1, 1, 1, 1));
    cases.add(attention(13, 4, 32, 13, 5)); // a head is a whole panel of a product
    cases.add(attention(101, 1, 5, 101)); // several tiles
    cases.add(attention(97, 2, 33, 50, 49)); // several tiles, and keys that end within one
    cases.add(attention(7, 2, 3, 0, 7, 0)); // without a valid key
    cases.add(sharp());
    return cases;
  }

  private static OpCase attention(int length, int heads, int headSize, int... lengths) {
    int width = heads * headSize;
    String setting = " [" + lengths.length + ", " + length + ", " + width + "], heads " + heads + ", lengths "
        + Arrays.toString(lengths);
    return new CaseBuilder("attention" + setting).between(-1, 1, lengths.length, length, 3 * width).counts(lengths)
        .build(tensors -> new Attention(tensors.get(0), tensors.get(1), heads), x -> reference(length, heads, headSize, x));
  }

  /// Scores so far apart that e^s overflows and a maximum that rises late makes all before it vanish.
  private static OpCase sharp() {
    return new CaseBuilder("attention with scores beyond ±88").between(-12, 12, 1, 70, 3 * 8).counts(70)
        .tolerance(1e-4) // a score near 300 is known to 3e-5 in float32, and so is its exponential relative to itself
        .build(tensors -> new Attention(tensors.get(0), tensors.get(1), 1), x -> reference(70, 1, 8, x));
  }

  private static double[] reference(int length, int heads, int headSize, double[][] inputs) {
    double[] qkv = inputs[0];
    double[] lengths = inputs[1];
    int width = heads * headSize;
    double[] y = new double[lengths.length * length * width];
    for (int b = 0; b < lengths.length; b++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < length; i++) {
          double[] weights = new double[(int) lengths[b]];
          for (int j = 0; j < weights.length; j++) {
            for (int d = 0; d < headSize; d++) {
              int channel = head * headSize + d;
              weights[j] += qkv[(b * length + i) * 3 * width + channel] * qkv[(b * length + j) * 3 * width + width + channel];
            }
            weights[j] /= Math.sqrt(headSize);
          }
          double max = Arrays.stream(weights).max().orElse(0);
          double sum = Arrays.stream(weights).map(s -> Math.exp(s - max)).sum();
          for (int j = 0; j < weights.length; j++) {
            double p = Math.exp(weights[j] - max) / sum;
            for (int d = 0; d < headSize; d++) {
              int channel = head * headSize + d;
              y[(b * length + i) * width + channel] += p * qkv[(b * length + j) * 3 * width + 2 * width + channel];
            }
          }
        }
      }
    }
    return y;
  }
}
