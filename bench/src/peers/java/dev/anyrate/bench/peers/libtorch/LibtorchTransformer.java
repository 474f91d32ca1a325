package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;

/// The reference Transformer: patches of 8 samples every 4, positions, two pre-norm blocks of 4 heads with a feed-forward part of twice the width, mean over time, linear map.
final class LibtorchTransformer {
  private static final int PATCH = 8;
  private static final int STRIDE = 4;
  private static final int BLOCKS = 2;
  private static final int HEADS = 4;
  private static final float EPSILON = 1e-5f;

  private final LibtorchParameters parameters;
  private final int hidden;
  private final int embedding;

  LibtorchTransformer(LibtorchParameters parameters, int hidden, int embedding) {
    this.parameters = parameters;
    this.hidden = hidden;
    this.embedding = embedding;
  }

  /// @param x `[B, C, L]`
  /// @return `[B, E]`
  NDArray embed(NDArray x) {
    NDArray patches = parameters.convolution(x, "encoder.patch", hidden, PATCH, STRIDE, (PATCH - STRIDE) / 2, 1)
        .transpose(0, 2, 1); // [B, T, H]
    NDArray y = patches.add(parameters.get("encoder.positions", (int) patches.getShape().get(1), hidden));
    for (int i = 0; i < BLOCKS; i++) {
      String block = "encoder.blocks." + i;
      NDArray rows = norm(y, block + ".norm1");
      NDArray qkv = parameters.linear(rows, block + ".attention.input", hidden, 3 * hidden); // [B, T, 3H]
      NDArray mixed = LibtorchAttention.attend(qkv, HEADS, hidden / HEADS);
      y = y.add(parameters.linear(mixed, block + ".attention.output", hidden, hidden));
      NDArray inner = Activation.gelu(parameters.linear(norm(y, block + ".norm2"), block + ".expand", hidden, 2 * hidden));
      y = y.add(parameters.linear(inner, block + ".contract", 2 * hidden, hidden));
    }
    return parameters.linear(norm(y, "encoder.norm").mean(new int[] {1}), "encoder.embed", hidden, embedding);
  }

  private NDArray norm(NDArray x, String name) {
    return LayerNorm.layerNorm(x, new Shape(hidden), parameters.get(name + ".gamma", hidden), parameters.get(name + ".beta", hidden),
        EPSILON).singletonOrThrow();
  }
}
