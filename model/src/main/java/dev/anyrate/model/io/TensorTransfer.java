package dev.anyrate.model.io;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Copies tensors from a backend to the form that files hold, and back.
public final class TensorTransfer {
  private TensorTransfer() {}

  /// @return a copy of every tensor, by name
  public static Map<String, StoredTensor> store(Engine engine, Map<String, Tensor> tensors) {
    var stored = new LinkedHashMap<String, StoredTensor>();
    tensors.forEach((name, tensor) -> stored.put(name, new StoredTensor.Float32(tensor.shape(), engine.toHost(tensor))));
    return stored;
  }

  /// Overwrites every tensor with what the file holds under its name.
  ///
  /// @throws CheckpointFormatException if one is missing, or has another shape or type
  public static void restore(Engine engine, SafeTensors file, Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> engine.write(tensor, file.floats(name, tensor.shape())));
  }
}
