package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;

/// C = A·B of square matrices.
final class LibtorchMatmul {
  private LibtorchMatmul() {}

  static Call prepare(NDManager root, int size) {
    NDArray a = root.create(Inputs.uniform(1, size * size), new Shape(size, size));
    NDArray b = root.create(Inputs.uniform(2, size * size), new Shape(size, size));
    return Call.of(() -> a.matMul(b).close(), () -> a.matMul(b).toFloatArray());
  }
}
