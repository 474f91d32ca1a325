package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.step.TrainedPreset;

/// Embeddings of series in evaluation: from arrays to arrays.
final class LibtorchEncoding {
  private LibtorchEncoding() {}

  static Call prepare(NDManager root, TrainedPreset preset, int batch) {
    var encoder = LibtorchEncoder.of(root, preset.model().encoder(), new LibtorchParameters(root, false), false);
    int length = TrainedPreset.LENGTH;
    float[] series = new float[batch * length]; // [B, 1, L]
    for (int i = 0; i < batch; i++) System.arraycopy(Inputs.uniform(i, length), 0, series, i * length, length);
    float[][] result = new float[1][];
    return Call.of(() -> {
      try (NDManager scope = root.newSubManager()) {
        NDArray x = scope.create(series, new Shape(batch, 1, length));
        result[0] = encoder.embed(x).toFloatArray();
      }
    }, () -> result[0]);
  }
}
