package dev.anyrate.engine.autograd;

import dev.anyrate.engine.tensor.Tensor;
import java.util.Map;

/// The result of one backward pass: a gradient for each tensor that requires one.
public final class Gradients {
  private final Map<Tensor, Tensor> byTensor; // by identity

  Gradients(Map<Tensor, Tensor> byTensor) {
    this.byTensor = byTensor;
  }

  /// The gradient of a parameter.
  ///
  /// @return of the parameter's shape, valid until its tape or program is closed, or run again; null if the loss does not depend on it, or it requires none
  public Tensor of(Tensor parameter) {
    return byTensor.get(parameter);
  }
}
