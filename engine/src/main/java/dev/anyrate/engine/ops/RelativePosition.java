package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Adds to each row where it stands in its series, as a share of the whole: sines and cosines of the relative time, as of the position in Vaswani et al. 2017.
/// A series and the same one at another rate have different numbers of rows, but rows at the same moment get the same position.
///
/// - `x`       `[B, P, C]`, one row for every `stride` samples
/// - `lengths` `[B]`, valid *samples* of each series, at least 1
/// - result    `[B, P, C]`
///
/// The formula stands in [dev.anyrate.engine.kernel.PositionKernels]. Backward passes the gradient on. Cost about 5 FLOP an element.
///
/// @param stride samples from one row to the next, at least 1
public record RelativePosition(Tensor x, Tensor lengths, int stride) implements Op {
  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if x is no batch of series, or there is not one length for each
  public RelativePosition {
    Rules.series("relative position", x, lengths);
    if (stride < 1) throw new IllegalArgumentException("relative position: stride is " + stride + "; give 1 or more samples");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape()));
  }

  private record Planned(RelativePosition op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.position().addRelativePositions(output.dim(0), output.dim(1), output.dim(2), op.stride, op.x.storage(),
          op.lengths.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.handOver(op.x, dOutput);
    }
  }
}
