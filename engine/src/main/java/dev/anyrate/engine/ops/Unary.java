package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A function of each element: `y = f(x)`. The functions, their derivatives and sources stand in [UnaryFunction].
///
/// - `x` any shape, result the same shape
///
/// Backward, `dX = f′(x)·dY`, keeps `x` or the result, whichever the derivative is simplest in.
/// Cost 1 FLOP an element for ReLU and the square, 10 to 30 for the others.
public record Unary(UnaryFunction function, Tensor x) implements Op {
  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape()));
  }

  private record Planned(Unary op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.elementwise().unary(op.function, output.size(), op.x.storage(), output.storage());
    }

    /// Where the derivative needs the operand it is there anyway.
    @Override
    public Optional<Consumer<Kernels>> remake() {
      return op.function.derivativeFromResult() ? Optional.empty() : Optional.of(this::forward);
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      Tensor needed = op.function.derivativeFromResult() ? output : op.x;
      plan.reads(needed);
      plan.compute(() -> kernels.elementwise().unaryBackward(op.function, output.size(), needed.storage(), needed.storage(),
          dOutput.storage(), dOutput.storage()));
      plan.handOver(op.x, dOutput);
    }
  }
}
