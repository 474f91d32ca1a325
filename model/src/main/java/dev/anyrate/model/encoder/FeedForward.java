package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.LinearLayer;

/// H → 2H → H with the exact GELU between, for each row by itself.
record FeedForward(LinearLayer linear1, LinearLayer linear2) {
  static FeedForward create(Initializer initializer, int width) {
    return new FeedForward(LinearLayer.create(initializer.scope("linear1"), width, 2 * width),
        LinearLayer.create(initializer.scope("linear2"), 2 * width, width));
  }

  /// All but the last map.
  ///
  /// @param x `[B, P, H]`
  /// @return `[B, P, 2·H]`, to go through [#linear2]
  Tensor hidden(Execution execution, Tensor x) {
    return execution.run(new Unary(UnaryFunction.GELU, linear1.forward(execution, x)));
  }
}
