package dev.anyrate.bench.peers.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;

/// NT-Xent by whole matrices, as it is usually written.
final class LibtorchNtXent {
  private static final float MINUS_INFINITY = 1e9f;

  private LibtorchNtXent() {}

  static Call prepare(NDManager root, int pairs, int columns, float temperature) {
    NDArray z = root.create(Inputs.uniform(1, 2 * pairs * columns), new Shape(2L * pairs, columns));
    float[][] result = new float[1][];
    return Call.of(() -> pass(root, z, temperature, null), () -> {
      pass(root, z, temperature, result);
      return result[0];
    });
  }

  /// @param result takes loss and gradient, unless null
  private static void pass(NDManager root, NDArray z, float temperature, float[][] result) {
    try (NDManager scope = root.newSubManager(); GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = z.stopGradient();
      leaf.attach(scope);
      leaf.setRequiresGradient(true);
      NDArray loss = loss(leaf, temperature);
      gradients.backward(loss);
      if (result == null) return;
      float[] gradient = leaf.getGradient().toFloatArray();
      result[0] = new float[1 + gradient.length];
      result[0][0] = loss.getFloat();
      System.arraycopy(gradient, 0, result[0], 1, gradient.length);
    }
  }

  /// @param z `[2B, D]`, all first views in front
  static NDArray loss(NDArray z, float temperature) {
    NDManager scope = z.getManager();
    NDArray unit = z.div(z.norm(new int[] {1}, true));
    int rows = (int) z.getShape().get(0);
    NDArray similarity = unit.matMul(unit.transpose()).div(temperature).sub(scope.eye(rows).mul(MINUS_INFINITY)); // [2B, 2B]
    NDArray other = scope.arange(rows).add(rows / 2).mod(rows).toType(DataType.INT64, false).reshape(rows, 1);
    return similarity.logSoftmax(1).gather(other, 1).mean().neg();
  }
}
