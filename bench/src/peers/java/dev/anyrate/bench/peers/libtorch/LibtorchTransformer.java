package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import dev.anyrate.bench.peers.SharedPositions;
import dev.anyrate.bench.step.TrainedPreset;
import dev.anyrate.model.encoder.TransformerEncoderConfig;
import dev.anyrate.model.layers.PatchLayer;

/// The Transformer: patches, positions, pre-norm blocks with a feed-forward part of twice the width, norm, mean over time, linear map.
final class LibtorchTransformer implements LibtorchEncoder {
  private static final float EPSILON = 1e-5f;

  private final TransformerEncoderConfig config;
  private final LibtorchParameters parameters;
  private final NDArray positions; // [P, H], not trained

  LibtorchTransformer(NDManager root, TransformerEncoderConfig config, LibtorchParameters parameters) {
    this.config = config;
    this.parameters = parameters;
    int patches = (TrainedPreset.LENGTH + 2 * padding() - config.patch()) / config.stride() + 1;
    float[] places = SharedPositions.values(patches, config.hidden(), TrainedPreset.LENGTH, config.stride());
    this.positions = root.create(places, new Shape(patches, config.hidden()));
  }

  @Override
  public NDArray embed(NDArray x) {
    int hidden = config.hidden();
    NDArray patches = parameters.convolution(x, "encoder.patches", hidden, config.patch(), config.stride(), padding(), 1)
        .transpose(0, 2, 1); // [B, P, H]
    NDArray y = patches.add(positions);
    for (int i = 0; i < config.layers(); i++) {
      String block = "encoder.blocks." + i;
      NDArray qkv = parameters.linear(norm(y, block + ".norm1"), block + ".attention.qkv", hidden, 3 * hidden); // [B, P, 3H]
      NDArray mixed = LibtorchAttention.attend(qkv, config.heads(), hidden / config.heads());
      y = y.add(parameters.linear(mixed, block + ".attention.out", hidden, hidden));
      String feedForward = block + ".feed_forward";
      NDArray inner = Activation.gelu(parameters.linear(norm(y, block + ".norm2"), feedForward + ".linear1", hidden, 2 * hidden));
      y = y.add(parameters.linear(inner, feedForward + ".linear2", 2 * hidden, hidden));
    }
    return parameters.linear(norm(y, "encoder.norm").mean(new int[] {1}), "encoder.embed", hidden, config.embedding());
  }

  private int padding() {
    return PatchLayer.padding(config.patch(), config.stride());
  }

  private NDArray norm(NDArray x, String name) {
    int hidden = config.hidden();
    return LayerNorm.layerNorm(x, new Shape(hidden), parameters.get(name + ".gamma", hidden), parameters.get(name + ".beta", hidden),
        EPSILON).singletonOrThrow();
  }
}
