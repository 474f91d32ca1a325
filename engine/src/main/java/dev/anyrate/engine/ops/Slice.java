package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Cuts a range out of an axis.
///
/// - `x`    any shape
/// - result the same, its dimension along the axis `end − start`
///
/// Backward puts the gradient back between zeros, and keeps nothing. No arithmetic.
///
/// @param axis  negative ones count from the end
/// @param start first index of the range
/// @param end   one past the last
public record Slice(Tensor x, int axis, int start, int end) implements Op {
  /// @throws ShapeMismatch if there is no such axis or range
  public Slice {
    axis = x.shape().axis(axis);
    ShapeMismatch.check(0 <= start && start <= end && end <= x.dim(axis), "slice",
        "the range start … end must lie within the axis", "x", x, "axis", axis, "start", start, "end", end);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape().with(axis, end - start)));
  }

  /// Seen from the axis, x is a matrix: one row for each index in front of the axis, the numbers of the axis and behind it in
  /// columns.
  private record Planned(Slice op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.layout().copyColumns(rows(), columns(output), op.x.storage(), columns(op.x), firstColumn(), output.storage(),
          columns(output), 0);
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads();
      plan.add(op.x, dX -> {
        kernels.transfer().fill(dX.storage(), 0);
        kernels.layout().copyColumns(rows(), columns(output), dOutput.storage(), columns(output), 0, dX.storage(), columns(op.x),
            firstColumn());
      });
    }

    private int rows() {
      return output.shape().sizeBefore(op.axis);
    }

    private int columns(Tensor tensor) {
      return tensor.dim(op.axis) * tensor.shape().sizeAfter(op.axis);
    }

    private int firstColumn() {
      return op.start * op.x.shape().sizeAfter(op.axis);
    }
  }
}
