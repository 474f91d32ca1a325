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

/// Mean squared error: the mean of `(a − b)²` over all elements.
///
/// - `a`, `b` any shape, the same for both
/// - result   `[1]`
///
/// Backward, `dA = 2(a − b)/size·dLoss` and `dB = −dA`, keeps both operands. Cost 3 FLOP an element each way.
public record MeanSquaredError(Tensor a, Tensor b) implements Op {
  /// @throws ShapeMismatch if the shapes differ, or there is nothing to average
  public MeanSquaredError {
    Rules.sameShape("mean squared error", a, b);
    ShapeMismatch.check(a.size() >= 1, "mean squared error", "there must be something to average", "a", a);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(a, b, Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(Tensor a, Tensor b, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.loss().meanSquaredError(a.size(), a.storage(), b.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.add(a, dA -> kernels.loss().meanSquaredErrorBackward(a.size(), a.storage(), b.storage(), dOutput.storage(),
          dA.storage()));
      plan.add(b, dB -> kernels.loss().meanSquaredErrorBackward(a.size(), b.storage(), a.storage(), dOutput.storage(),
          dB.storage()));
    }
  }
}
