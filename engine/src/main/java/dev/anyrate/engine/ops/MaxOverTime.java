package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Maximum of each channel over the valid samples of each series.
///
/// - `x`       `[B, L, C]`
/// - `lengths` `[B]`, valid samples of each series, at least 1
/// - result    `[B, C]`
///
/// Backward gives the gradient to the first sample that has the maximum, and keeps its position `[B, C]`. Cost 1 FLOP an element.
public record MaxOverTime(Tensor x, Tensor lengths) implements Op {
  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if x is no batch of series, or there is not one length for each
  public MaxOverTime {
    Rules.series("max over time", x, lengths);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    Shape shape = Shape.of(x.dim(0), x.dim(2));
    return new Planned(x, lengths, Tensor.allocate(memory, shape), Tensor.allocate(memory, shape));
  }

  private record Planned(Tensor x, Tensor lengths, Tensor position, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.pooling().maxOverTime(x.dim(0), x.dim(1), x.dim(2), x.storage(), lengths.storage(), output.storage(),
          position.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads();
      plan.add(x, dX -> kernels.pooling().maxOverTimeBackward(x.dim(0), x.dim(1), x.dim(2), position.storage(), dOutput.storage(),
          dX.storage()));
    }
  }
}
