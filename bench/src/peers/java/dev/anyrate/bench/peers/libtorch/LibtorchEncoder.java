package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;

/// An encoder as a DJL user would write it.
interface LibtorchEncoder {
  /// @param x `[B, C, L]`, no padding
  /// @return `[B, E]`
  NDArray embed(NDArray x);

  /// The encoder of a configuration.
  ///
  /// @param training whether norms use the batch's statistics
  static LibtorchEncoder of(NDManager root, EncoderConfig config, LibtorchParameters parameters, boolean training) {
    return switch (config) {
      case CnnEncoderConfig cnn -> new LibtorchCnn(root, cnn, parameters, training);
      case TransformerEncoderConfig transformer -> new LibtorchTransformer(root, transformer, parameters);
    };
  }
}
