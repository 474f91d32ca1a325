package dev.anyrate.model.train;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.ModelState;
import java.util.LinkedHashMap;
import java.util.Map;

/// A copy of all that a forward pass in training changes in a model: its running statistics. On a device it stays there.
///
/// @param copies by tensor
record Buffers(Kernels kernels, Map<Tensor, Storage> copies) implements AutoCloseable {
  static Buffers of(Kernels kernels, ModelState state) {
    Map<Tensor, Storage> copies = new LinkedHashMap<>();
    state.buffers().forEach(buffer -> {
      Storage copy = kernels.memory().allocate(buffer.size());
      kernels.transfer().copy(buffer.storage(), copy);
      copies.put(buffer, copy);
    });
    return new Buffers(kernels, copies);
  }

  void restore() {
    copies.forEach((buffer, copy) -> kernels.transfer().copy(copy, buffer.storage()));
  }

  @Override
  public void close() {
    copies.values().forEach(Storage::close);
  }
}
