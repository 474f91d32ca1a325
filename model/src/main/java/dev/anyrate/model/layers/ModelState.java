package dev.anyrate.model.layers;

import dev.anyrate.engine.tensor.Tensor;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything of a model that a checkpoint keeps: its parameters, and its buffers, which are not trained. Of these, running statistics follow the weights; others, such as
/// counters, do not.
public final class ModelState implements AutoCloseable {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Set<String> statistics = new HashSet<>(); // names of those buffers

  ModelState() {}

  void add(Parameter parameter) {
    requireNew(parameter.name());
    parameters.put(parameter.name(), parameter);
  }

  void addBuffer(String name, Tensor tensor) {
    requireNew(name);
    buffers.put(name, tensor);
  }

  void addStatistic(String name, Tensor tensor) {
    addBuffer(name, tensor);
    statistics.add(name);
  }

  private void requireNew(String name) {
    if (parameters.containsKey(name) || buffers.containsKey(name)) {
      throw new IllegalArgumentException("model: the name " + name + " is used twice; give each layer a scope of its own");
    }
  }

  /// Parameters in the order in which layers made them.
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /// Buffers in the order in which layers made them.
  public List<Tensor> buffers() {
    return List.copyOf(buffers.values());
  }

  /// Parameters and buffers by name, in the order in which layers made them.
  public Map<String, Tensor> tensors() {
    var all = new LinkedHashMap<String, Tensor>();
    parameters.forEach((name, parameter) -> all.put(name, parameter.tensor()));
    all.putAll(buffers);
    return Collections.unmodifiableMap(all);
  }

  /// Parameters and running statistics by name, in the order in which layers made them: what a mean over steps can be taken of.
  public Map<String, Tensor> weights() {
    var weights = new LinkedHashMap<>(tensors());
    weights.keySet().removeIf(name -> buffers.containsKey(name) && !statistics.contains(name));
    return Collections.unmodifiableMap(weights);
  }

  /// Count of trained numbers.
  public long parameterCount() {
    return parameters.values().stream().mapToLong(parameter -> parameter.tensor().size()).sum();
  }

  /// Gives back the storage of all tensors.
  @Override
  public void close() {
    tensors().values().forEach(tensor -> tensor.storage().close());
  }
}
