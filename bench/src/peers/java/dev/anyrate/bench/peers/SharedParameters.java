package dev.anyrate.bench.peers;

import dev.anyrate.bench.Inputs;
import java.util.Arrays;

/// The same parameters for the same names on every side, in PyTorch's layouts.
public final class SharedParameters {
  private SharedParameters() {}

  /// Scales are 1, weights are spread by the root of their fan-in, the rest is small.
  ///
  /// @param name as checkpoints have it
  /// @param dims of the parameter
  public static float[] values(String name, int... dims) {
    int size = 1;
    for (int dim : dims) size *= dim;
    if (name.endsWith("gamma")) {
      float[] ones = new float[size];
      Arrays.fill(ones, 1);
      return ones;
    }
    float[] values = Inputs.uniform(name.hashCode(), size);
    float scale = dims.length == 1 ? 0.1f : (float) (1 / Math.sqrt((double) size / dims[0]));
    for (int i = 0; i < size; i++) values[i] *= scale;
    return values;
  }
}
