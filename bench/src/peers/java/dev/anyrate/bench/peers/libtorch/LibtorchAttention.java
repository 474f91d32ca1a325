package dev.anyrate.bench.peers.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;

/// Attention by whole matrices, as it is usually written; queries, keys and values come beside each other from one linear map.
final class LibtorchAttention {
  private LibtorchAttention() {}

  /// Forward and backward.
  static Call prepare(NDManager root, int batch, int length, int heads, int headSize) {
    int hidden = heads * headSize;
    NDArray qkv = root.create(Inputs.uniform(1, batch * length * 3 * hidden), new Shape(batch, length, 3L * hidden));
    NDArray dY = root.create(Inputs.uniform(2, batch * length * hidden), new Shape(batch, length, hidden));
    float[][] result = new float[1][];
    return Call.of(() -> pass(root, qkv, dY, heads, headSize, null), () -> {
      pass(root, qkv, dY, heads, headSize, result);
      return result[0];
    });
  }

  /// @param result takes the gradient, unless null
  private static void pass(NDManager root, NDArray qkv, NDArray dY, int heads, int headSize, float[][] result) {
    try (NDManager scope = root.newSubManager(); GradientCollector _ = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = qkv.stopGradient();
      leaf.attach(scope);
      leaf.setRequiresGradient(true);
      LibtorchBackward.from(attend(leaf, heads, headSize), dY);
      if (result != null) result[0] = leaf.getGradient().toFloatArray();
    }
  }

  /// @param qkv `[B, T, 3H]`
  /// @return `[B, T, H]`
  static NDArray attend(NDArray qkv, int heads, int headSize) {
    NDList parts = qkv.split(3, 2);
    NDArray query = heads(parts.get(0), heads, headSize); // [B, heads, T, headSize]
    NDArray key = heads(parts.get(1), heads, headSize);
    NDArray value = heads(parts.get(2), heads, headSize);
    NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).mul((float) (1 / Math.sqrt(headSize))).softmax(-1);
    Shape shape = qkv.getShape();
    return scores.matMul(value).transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(1), (long) heads * headSize);
  }

  private static NDArray heads(NDArray x, int heads, int headSize) {
    return x.reshape(x.getShape().get(0), x.getShape().get(1), heads, headSize).transpose(0, 2, 1, 3);
  }
}
