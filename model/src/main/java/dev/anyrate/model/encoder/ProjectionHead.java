package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.LinearLayer;

/// E → E → D with ReLU between. Only the loss sees its output: what it discards for the loss's sake stays in the embedding
/// (Chen et al. 2020, section 4.2, <https://arxiv.org/abs/2002.05709>).
public record ProjectionHead(LinearLayer projection1, LinearLayer projection2) {
  /// @param initializer scope of the head
  /// @param embedding   E
  /// @param projection  D
  public static ProjectionHead create(Initializer initializer, int embedding, int projection) {
    return new ProjectionHead(LinearLayer.create(initializer.scope("projection1"), embedding, embedding),
        LinearLayer.create(initializer.scope("projection2"), embedding, projection));
  }

  /// @param embedding `[B, E]`
  /// @return `[B, D]`
  public Tensor forward(Execution execution, Tensor embedding) {
    Tensor hidden = execution.run(new Unary(UnaryFunction.RELU, projection1.forward(execution, embedding)));
    return projection2.forward(execution, hidden);
  }
}
