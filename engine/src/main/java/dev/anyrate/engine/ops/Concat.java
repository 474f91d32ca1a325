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

/// Puts tensors behind each other along an axis.
///
/// - `inputs` one or more, equal in all dimensions but that of the axis
/// - result   the same, its dimension along the axis the sum of theirs
///
/// Backward cuts the gradient apart, and keeps nothing. No arithmetic.
///
/// @param axis negative ones count from the end
public record Concat(List<Tensor> inputs, int axis) implements Op {
  /// @throws ShapeMismatch if there is no tensor, no such axis, or another dimension differs
  public Concat {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) throw new ShapeMismatch("concat: there is no tensor; give at least one");
    Shape first = inputs.getFirst().shape();
    axis = first.axis(axis);
    for (Tensor input : inputs) {
      boolean fits = input.shape().rank() == first.rank() && input.shape().with(axis, 1).equals(first.with(axis, 1));
      ShapeMismatch.check(fits, "concat", "all tensors must be equal in all dimensions but that of the axis",
          "first", first, "another", input, "axis", axis);
    }
  }

  @Override
  public Step plan(Memory memory) {
    int length = 0;
    for (Tensor input : inputs) length += input.dim(axis);
    return new Planned(this, Tensor.allocate(memory, inputs.getFirst().shape().with(axis, length)));
  }

  /// Seen from the axis, every tensor is a matrix: one row for each index in front of the axis, the numbers of the axis and
  /// behind it in columns.
  private record Planned(Concat op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      int column = 0;
      for (int i = 0; i < op.inputs.size(); i++) { // an iterator would be an allocation in each step
        Tensor input = op.inputs.get(i);
        kernels.layout().copyColumns(rows(), columns(input), input.storage(), columns(input), 0, output.storage(),
            columns(output), column);
        column += columns(input);
      }
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads();
      int column = 0;
      for (Tensor input : op.inputs) {
        int start = column;
        plan.add(input, dInput -> kernels.layout().copyColumns(rows(), columns(input), dOutput.storage(), columns(output), start,
            dInput.storage(), columns(input), 0));
        column += columns(input);
      }
    }

    private int rows() {
      return output.shape().sizeBefore(op.axis);
    }

    private int columns(Tensor tensor) {
      return tensor.dim(op.axis) * tensor.shape().sizeAfter(op.axis);
    }
  }
}
