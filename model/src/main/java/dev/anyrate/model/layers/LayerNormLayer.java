package dev.anyrate.model.layers;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.LayerNorm;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Normalises each row by its own mean and deviation.
///
/// @param gamma `[C]`
/// @param beta  `[C]`
public record LayerNormLayer(Parameter gamma, Parameter beta) {
  private static final float EPSILON = 1e-5f;

  /// @param initializer scope of this layer
  public static LayerNormLayer create(Initializer initializer, int channels) {
    Shape shape = Shape.of(channels);
    return new LayerNormLayer(initializer.constant("gamma", shape, 1), initializer.constant("beta", shape, 0));
  }

  /// @param x `[…, C]`
  public Tensor forward(Execution execution, Tensor x) {
    return execution.run(new LayerNorm(x, gamma.tensor(), beta.tensor(), EPSILON));
  }
}
