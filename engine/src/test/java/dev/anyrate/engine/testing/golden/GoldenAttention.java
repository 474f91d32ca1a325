package dev.anyrate.engine.testing.golden;

import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.Attention;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.LayerNorm;
import dev.anyrate.engine.ops.Linear;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.ops.Reshape;
import dev.anyrate.engine.ops.Scale;
import dev.anyrate.engine.ops.Softmax;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Attention and the transformer layer: attention composed of plain operations, which can be masked in any way, and by the fused [Attention].
final class GoldenAttention {
  private static final float EPSILON = 1e-5f;
  private static final float NEVER = -1e9f; // e^NEVER is 0, and unlike −∞ it gives no NaN in differences

  private GoldenAttention() {}

  /// softmax(Q·Kᵀ/√(head size) + mask)·V for each head, between linear maps.
  ///
  /// @param x `[B, L, D]`
  static Tensor composed(GoldenGraph in, Tensor x) {
    int headSize = x.dim(2) / in.golden().count("heads");
    Tensor q = heads(in, linear(in, x, "wq", "bq"), headSize); // [B, H, L, D/H]
    Tensor k = heads(in, linear(in, x, "wk", "bk"), headSize);
    Tensor v = heads(in, linear(in, x, "wv", "bv"), headSize);
    Tensor scores = in.run(new Scale(in.run(new MatMul(q, false, k, true)), (float) (1 / Math.sqrt(headSize)))); // [B, H, L, L]
    Tensor masked = in.run(new Binary(BinaryFunction.ADD, scores, mask(in, x.dim(0), x.dim(1))));
    Tensor mixed = in.run(new MatMul(in.run(new Softmax(masked)), false, v, false)); // [B, H, L, D/H]
    Tensor joined = in.run(new Reshape(in.run(new Permute(mixed, List.of(0, 2, 1, 3))), x.shape()));
    return linear(in, joined, "wo", "bo");
  }

  /// The same by [Attention], whose queries, keys and values come from one linear map.
  static Tensor fused(GoldenGraph in, Tensor x) {
    Tensor weight = in.run(new Concat(List.of(in.leaf("wq"), in.leaf("wk"), in.leaf("wv")), 0)); // [3·D, D]
    Tensor bias = in.run(new Concat(List.of(in.leaf("bq"), in.leaf("bk"), in.leaf("bv")), 0));
    Tensor qkv = in.run(new Linear(x, weight, bias)); // [B, L, 3·D]
    Tensor mixed = in.run(new Attention(qkv, in.lengths(x.dim(0), x.dim(1)), in.golden().count("heads")));
    return linear(in, mixed, "wo", "bo");
  }

  /// x + attention(norm(x)), then that + feed-forward(norm(that)).
  static Tensor transformerLayer(GoldenGraph in) {
    Tensor x = in.leaf("x");
    Tensor attended = in.run(new Binary(BinaryFunction.ADD, x, fused(in, norm(in, x, "n1g", "n1b"))));
    Tensor hidden = in.run(new Unary(UnaryFunction.GELU, linear(in, norm(in, attended, "n2g", "n2b"), "w1", "b1")));
    return in.run(new Binary(BinaryFunction.ADD, attended, linear(in, hidden, "w2", "b2")));
  }

  private static Tensor heads(GoldenGraph in, Tensor x, int headSize) {
    Shape split = Shape.of(x.dim(0), x.dim(1), x.dim(2) / headSize, headSize);
    return in.run(new Permute(in.run(new Reshape(x, split)), List.of(0, 2, 1, 3)));
  }

  /// What is added to the scores: 0 where a query may look at a key, else [#NEVER]; `[B, 1, L, L]`.
  private static Tensor mask(GoldenGraph in, int batch, int length) {
    GoldenCase golden = in.golden();
    boolean causal = golden.file().metadata().containsKey("causal") && golden.flag("causal");
    float[] lengths = golden.has("in.lengths") ? golden.tensor("in.lengths").floats() : null;
    float[] mask = new float[batch * length * length];
    for (int b = 0; b < batch; b++) {
      for (int query = 0; query < length; query++) {
        for (int key = 0; key < length; key++) {
          boolean hidden = causal && key > query || lengths != null && key >= lengths[b];
          if (hidden) mask[(b * length + query) * length + key] = NEVER;
        }
      }
    }
    return in.constant(Shape.of(batch, 1, length, length), mask);
  }

  private static Tensor linear(GoldenGraph in, Tensor x, String weight, String bias) {
    return in.run(new Linear(x, in.leaf(weight), in.leaf(bias)));
  }

  private static Tensor norm(GoldenGraph in, Tensor x, String gamma, String beta) {
    return in.run(new LayerNorm(x, in.leaf(gamma), in.leaf(beta), EPSILON));
  }
}
