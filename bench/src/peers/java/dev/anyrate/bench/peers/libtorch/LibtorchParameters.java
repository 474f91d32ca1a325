package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import dev.anyrate.bench.peers.SharedParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Parameters by the names that Anyrate's checkpoints have, made when a layer first asks for them, and the layers that use them.
final class LibtorchParameters {
  private final NDManager root;
  private final boolean trained;
  private final Map<String, NDArray> byName = new LinkedHashMap<>();

  /// @param trained whether gradients are wanted
  LibtorchParameters(NDManager root, boolean trained) {
    this.root = root;
    this.trained = trained;
  }

  Map<String, NDArray> byName() {
    return byName;
  }

  NDArray get(String name, int... dims) {
    return byName.computeIfAbsent(name, _ -> {
      NDArray array = root.create(SharedParameters.values(name, dims), new Shape(Arrays.stream(dims).asLongStream().toArray()));
      array.setRequiresGradient(trained);
      return array;
    });
  }

  /// @param x `[…, in]`
  NDArray linear(NDArray x, String name, int inputs, int outputs) {
    return Linear.linear(x, get(name + ".weight", outputs, inputs), get(name + ".bias", outputs)).singletonOrThrow();
  }

  /// @param x `[B, Cin, L]`
  NDArray convolution(NDArray x, String name, int outputs, int kernel, int stride, int padding, int dilation) {
    int inputs = (int) x.getShape().get(1);
    return Conv1d.conv1d(x, get(name + ".weight", outputs, inputs, kernel), get(name + ".bias", outputs), new Shape(stride),
        new Shape(padding), new Shape(dilation)).singletonOrThrow();
  }
}
