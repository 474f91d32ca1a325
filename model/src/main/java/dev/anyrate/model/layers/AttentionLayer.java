package dev.anyrate.model.layers;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Attention;
import dev.anyrate.engine.tensor.Tensor;

/// Self-attention of several heads between two linear maps.
///
/// @param qkv   from H to 3·H: queries, keys and values in one product
/// @param out   from H to H
/// @param heads divide H
public record AttentionLayer(LinearLayer qkv, LinearLayer out, int heads) {
  /// @param initializer scope of this layer
  public static AttentionLayer create(Initializer initializer, int width, int heads) {
    return new AttentionLayer(LinearLayer.create(initializer.scope("qkv"), width, 3 * width),
        LinearLayer.create(initializer.scope("out"), width, width), heads);
  }

  /// All but the last map.
  ///
  /// @param x       `[B, P, H]`
  /// @param lengths `[B]`, valid rows of each series: nothing attends to those behind
  /// @return `[B, P, H]`, to go through [#out]
  public Tensor mixed(Execution execution, Tensor x, Tensor lengths) {
    return execution.run(new Attention(qkv.forward(execution, x), lengths, heads));
  }
}
