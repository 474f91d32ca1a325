package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// The example of an operation that the engine does not have: y = cap·tanh(x/cap), which keeps logits between −cap and cap
/// (Gemma 2, 2024, <https://arxiv.org/abs/2408.00118>).
///
/// It needs nothing but kernels, so it runs on every backend.
///
/// @param x   of any shape
/// @param cap positive
record SoftCap(Tensor x, float cap) implements Op {
  SoftCap {
    ShapeMismatch.check(cap > 0, "softCap", "cap must be positive", "cap", cap);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape()), Tensor.allocate(memory, x.shape()),
        Tensor.allocate(memory, x.shape()));
  }

  /// @param scaled x/cap
  /// @param tanh   of scaled; kept for the backward pass
  /// @param output cap·tanh
  private record Planned(SoftCap op, Tensor scaled, Tensor tanh, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.elementwise().scale(op.x.size(), 1 / op.cap, op.x.storage(), scaled.storage());
      kernels.elementwise().unary(UnaryFunction.TANH, op.x.size(), scaled.storage(), tanh.storage());
      kernels.elementwise().scale(op.x.size(), op.cap, tanh.storage(), output.storage());
    }

    /// dX = (1 − tanh²)·dY; the two factors cap and 1/cap cancel.
    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.add(op.x, dX -> kernels.elementwise().unaryBackward(UnaryFunction.TANH, op.x.size(), scaled.storage(), tanh.storage(),
          dOutput.storage(), dX.storage()));
    }
  }
}
