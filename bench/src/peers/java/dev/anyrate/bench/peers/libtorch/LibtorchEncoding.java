package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.step.TrainedPreset;
import dev.anyrate.model.encoder.CnnEncoderConfig;

/// Embeddings of series by the reference CNN in evaluation: from arrays to arrays.
final class LibtorchEncoding {
  private LibtorchEncoding() {}

  static Call prepare(NDManager root, int batch) {
    var config = (CnnEncoderConfig) TrainedPreset.REFERENCE.model().encoder();
    var cnn = new LibtorchCnn(root, config, new LibtorchParameters(root, false), false);
    int length = TrainedPreset.LENGTH;
    float[] series = new float[batch * length]; // [B, 1, L]
    for (int i = 0; i < batch; i++) System.arraycopy(Inputs.uniform(i, length), 0, series, i * length, length);
    float[][] result = new float[1][];
    return Call.of(() -> {
      try (NDManager scope = root.newSubManager()) {
        NDArray x = scope.create(series, new Shape(batch, 1, length));
        result[0] = cnn.embed(x).toFloatArray();
      }
    }, () -> result[0]);
  }
}
