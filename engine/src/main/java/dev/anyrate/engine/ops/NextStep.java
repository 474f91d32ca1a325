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

/// Adds 1 to a counter, each time it runs, and gives the new count. What is random in a step follows from it, see [Dropout]; a counter among a model's buffers goes
/// into its checkpoints, so that a resumed run draws what an unbroken one would have drawn.
///
/// - `counter` one whole number below 2²⁴, changed
/// - result    `[1]`, a copy that later steps leave alone
///
/// Has no gradient.
public record NextStep(Tensor counter) implements Op {
  public NextStep {
    ShapeMismatch.check(counter.size() == 1, "next step", "the counter must be one number", "counter", counter);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of();
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(counter, Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(Tensor counter, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.transfer().fill(output.storage(), 1);
      kernels.elementwise().addScaled(1, 1, output.storage(), counter.storage());
      kernels.transfer().copy(counter.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      throw new IllegalStateException("next step: a count has no gradient, and no input asks for one");
    }
  }
}
