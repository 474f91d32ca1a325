package dev.anyrate.model.layers;

import dev.anyrate.engine.tensor.Tensor;

/// A trained tensor under a name that checkpoints keep, such as `encoder.blocks.0.conv1.weight`.
public final class Parameter {
  private final String name;
  private Tensor tensor;

  Parameter(String name, Tensor tensor) {
    this.name = name;
    this.tensor = tensor.requiringGradient(true);
  }

  /// Name in checkpoints.
  public String name() {
    return name;
  }

  /// The present value. It requires a gradient unless this parameter is frozen.
  public Tensor tensor() {
    return tensor;
  }

  /// Whether training leaves this parameter as it is.
  public boolean frozen() {
    return !tensor.requiresGradient();
  }

  /// Excludes this parameter from training, or includes it again. Takes effect with the next tape.
  public void setFrozen(boolean frozen) {
    tensor = tensor.requiringGradient(!frozen);
  }

  @Override
  public String toString() {
    return name + tensor.shape();
  }
}
