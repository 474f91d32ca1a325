package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Multiplies by a number: `y = factor·x`.
///
/// - `x` any shape, result the same shape
///
/// Backward, `dX = factor·dY`, keeps nothing. Cost 1 FLOP an element.
public record Scale(Tensor x, float factor) implements Op {
  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape()));
  }

  private record Planned(Scale op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.elementwise().scale(output.size(), op.factor, op.x.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads();
      plan.compute(() -> kernels.elementwise().scale(output.size(), op.factor, dOutput.storage(), dOutput.storage()));
      plan.handOver(op.x, dOutput);
    }
  }
}
