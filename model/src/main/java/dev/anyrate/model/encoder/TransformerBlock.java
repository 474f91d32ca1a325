package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.AttentionLayer;
import dev.anyrate.model.layers.DropoutLayer;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.LayerNormLayer;
import dev.anyrate.model.layers.LinearLayer;

/// Attention and a feed-forward net, each behind a norm of its own and with a shortcut around both: y = x + attention(norm1(x)), then
/// y + feedForward(norm2(y)) (pre-norm: Xiong et al. 2020, <https://arxiv.org/abs/2002.04745>).
record TransformerBlock(LayerNormLayer norm1, AttentionLayer attention, LayerNormLayer norm2, FeedForward feedForward,
    DropoutLayer dropout1, DropoutLayer dropout2) {
  static TransformerBlock create(Initializer initializer, int width, int heads, float dropout) {
    return new TransformerBlock(LayerNormLayer.create(initializer.scope("norm1"), width),
        AttentionLayer.create(initializer.scope("attention"), width, heads),
        LayerNormLayer.create(initializer.scope("norm2"), width),
        FeedForward.create(initializer.scope("feed_forward"), width),
        DropoutLayer.create(initializer.scope("dropout1"), dropout), DropoutLayer.create(initializer.scope("dropout2"), dropout));
  }

  /// @param x      `[B, P, H]`
  /// @param counts `[B]`, valid rows of each series
  /// @param step   of dropout
  /// @return `[B, P, H]`; what it has behind the valid rows is arbitrary but finite
  Tensor forward(Execution execution, Tensor x, Tensor counts, Tensor step) {
    Tensor middle = around(execution, x, attention.mixed(execution, norm1.forward(execution, x), counts), attention.out(),
        dropout1,
        step);
    return around(execution, middle, feedForward.hidden(execution, norm2.forward(execution, middle)), feedForward.linear2(),
        dropout2, step);
  }

  /// The shortcut: x + dropout(last(inner)), in one operation where nothing is dropped.
  private static Tensor around(Execution execution, Tensor x, Tensor inner, LinearLayer last, DropoutLayer dropout, Tensor step) {
    if (!dropout.isActive(execution)) return last.forward(execution, inner, x);
    Tensor branch = dropout.forward(execution, last.forward(execution, inner), step);
    return execution.run(new Binary(BinaryFunction.ADD, x, branch));
  }
}
