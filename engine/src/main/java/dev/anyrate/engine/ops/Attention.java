package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Self-attention of several heads, `softmax(Q·Kᵀ/√d)·V` with d = H/heads, the maps before and after it left to [Linear].
///
/// - `qkv`     `[B, L, 3·H]`: queries, keys and values of each sample beside each other; each head is a run of d channels in all three
/// - `lengths` `[B]`, valid samples of each series, 0 to L: nothing attends to a sample behind them. A series without a valid sample gives 0
/// - result    `[B, L, H]`
///
/// Backward keeps `qkv`, the result, and one number for each query and head: the scores are computed again. Cost 4·B·L²·H FLOP
/// forward, 10·B·L²·H backward.
///
/// @param heads at least 1
/// @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>
public record Attention(Tensor qkv, Tensor lengths, int heads) implements Op {
  private static final String NAME = "attention";

  /// @throws ShapeMismatch if 3·heads does not divide the channels of qkv, or there is not one length for each series
  public Attention {
    Rules.series(NAME, qkv, lengths);
    ShapeMismatch.check(heads >= 1 && qkv.dim(2) % 3 == 0 && qkv.dim(2) / 3 % heads == 0, NAME,
        "queries, keys and values of all heads must share the channels evenly; give a width that the heads divide", "qkv", qkv,
        "heads", heads);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(qkv);
  }

  @Override
  public Step plan(Memory memory) {
    int batch = qkv.dim(0);
    int length = qkv.dim(1);
    return new Planned(this, Tensor.allocate(memory, Shape.of(batch, heads, length)),
        Tensor.allocate(memory, Shape.of(batch, length, qkv.dim(2) / 3)));
  }

  private record Planned(Attention op, Tensor logSum, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.attention().attention(output.dim(0), output.dim(1), op.heads, headSize(), op.qkv.storage(), op.lengths.storage(),
          output.storage(), logSum.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads(op.qkv, output);
      plan.add(op.qkv, dQkv -> kernels.attention().attentionBackward(output.dim(0), output.dim(1), op.heads, headSize(),
          op.qkv.storage(), op.lengths.storage(), output.storage(), logSum.storage(), dOutput.storage(), dQkv.storage()));
    }

    private int headSize() {
      return output.dim(2) / op.heads;
    }
  }
}
