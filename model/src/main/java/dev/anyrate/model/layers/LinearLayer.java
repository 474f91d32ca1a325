package dev.anyrate.model.layers;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Linear;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// y = x·Wᵀ + b
///
/// @param weight `[out, in]`
/// @param bias   `[out]`
public record LinearLayer(Parameter weight, Parameter bias) {
  /// @param initializer scope of this layer
  /// @param inputs      size of the rows that come in
  /// @param outputs     size of the rows that go out
  public static LinearLayer create(Initializer initializer, int inputs, int outputs) {
    return new LinearLayer(initializer.uniform("weight", Shape.of(outputs, inputs), inputs),
        initializer.uniform("bias", Shape.of(outputs), inputs));
  }

  /// @param x `[…, in]`
  /// @return `[…, out]`
  public Tensor forward(Execution execution, Tensor x) {
    return execution.run(new Linear(x, weight.tensor(), bias.tensor()));
  }

  /// y = x·Wᵀ + b + residual
  ///
  /// @param x        `[…, in]`
  /// @param residual `[…, out]`
  /// @return `[…, out]`
  public Tensor forward(Execution execution, Tensor x, Tensor residual) {
    return execution.run(new Linear(x, weight.tensor(), bias.tensor(), residual));
  }
}
