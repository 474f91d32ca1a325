package dev.anyrate.model.train;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.ModelState;
import java.util.LinkedHashMap;
import java.util.Map;

/// A copy of all that a forward pass in training changes in a model: its running statistics.
///
/// @param values by tensor
record Buffers(Map<Tensor, float[]> values) {
  static Buffers of(Engine engine, ModelState state) {
    Map<Tensor, float[]> values = new LinkedHashMap<>();
    state.buffers().forEach(buffer -> values.put(buffer, engine.toHost(buffer)));
    return new Buffers(values);
  }

  void restore(Engine engine) {
    values.forEach(engine::write);
  }
}
