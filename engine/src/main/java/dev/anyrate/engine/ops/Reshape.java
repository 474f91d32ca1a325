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

/// The same numbers in the same order under another shape.
///
/// - `x`    any shape
/// - result `shape`, of equal size; a view of the storage of x, not a copy
///
/// Backward hands the gradient over, and keeps nothing. No arithmetic.
public record Reshape(Tensor x, Shape shape) implements Op {
  /// @throws ShapeMismatch if the sizes differ
  public Reshape {
    ShapeMismatch.check(shape.size() == x.size(), "reshape", "both shapes must have the same number of elements", "x", x,
        "new shape", shape);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(x, Tensor.of(shape, x.storage())); // a constant of its own: a view of a parameter is no parameter
  }

  private record Planned(Tensor x, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {} // the view already shows the numbers

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.handOver(x, dOutput);
    }
  }
}
