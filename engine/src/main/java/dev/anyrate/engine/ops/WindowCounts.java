package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// How many rows of a convolution's result belong to each series: `(n + 2·padding − window)/stride + 1` rounded down, at least 1, for n
/// valid samples. They see no sample of the batch's padding that the convolution of the series alone would not see as a zero.
///
/// - `lengths` `[B]`, valid samples of each series
/// - result    `[B]`
///
/// Has no gradient.
public record WindowCounts(Tensor lengths, int window, int stride, int padding) implements Op {
  public WindowCounts {
    ShapeMismatch.check(lengths.shape().rank() == 1, "window counts", "lengths must have the shape [B]", "lengths", lengths);
    ShapeMismatch.check(window >= 1 && stride >= 1 && padding >= 0, "window counts",
        "window and stride must be at least 1, padding at least 0", "window", window, "stride", stride, "padding", padding);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of();
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, lengths.shape()));
  }

  private record Planned(WindowCounts op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.position().windowCounts(output.size(), op.window, op.stride, op.padding, op.lengths.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      throw new IllegalStateException("window counts: a count has no gradient, and no input asks for one");
    }
  }
}
