package dev.anyrate.model.layers;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Dropout;
import dev.anyrate.engine.tensor.Tensor;

/// Random zeros in training; nothing otherwise.
///
/// @param rate share of zeros; 0 switches it off
/// @param seed of this layer's draws
public record DropoutLayer(float rate, long seed) {
  /// @param initializer scope of this layer: its seed and name decide the draws
  public static DropoutLayer create(Initializer initializer, float rate) {
    return new DropoutLayer(rate, initializer.seed());
  }

  /// Whether it does anything in this execution.
  public boolean isActive(Execution execution) {
    return rate > 0 && execution.training();
  }

  /// @param step one number that no other step has; not read where the layer does nothing
  public Tensor forward(Execution execution, Tensor x, Tensor step) {
    return isActive(execution) ? execution.run(new Dropout(x, step, rate, seed)) : x;
  }
}
