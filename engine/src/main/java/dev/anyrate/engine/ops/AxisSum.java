package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// The step that [Sum] and [Mean] share: `y = factor·Σ x` over axes.
record AxisSum(Tensor x, int[] dims, boolean[] reduced, float factor, Tensor output) implements Step {
  /// The axes counted from the front.
  ///
  /// @throws ShapeMismatch if there are none, or one is named twice or does not exist
  static List<Integer> checked(String operation, Tensor x, List<Integer> axes) {
    List<Integer> fromFront = axes.stream().map(x.shape()::axis).toList();
    ShapeMismatch.check(!axes.isEmpty() && fromFront.stream().distinct().count() == axes.size(), operation,
        "name at least one axis, and each one once", "x", x, "axes", axes);
    return fromFront;
  }

  /// @param axes     counted from the front
  /// @param keepDims whether a summed axis stays with dimension 1, else it vanishes; where all vanish the result is `[1]`
  static AxisSum plan(Memory memory, Tensor x, List<Integer> axes, boolean keepDims, float factor) {
    Shape shape = x.shape();
    for (int axis : axes) shape = shape.with(axis, 1);
    if (!keepDims) shape = without(axes, shape);
    boolean[] reduced = new boolean[x.shape().rank()];
    for (int axis : axes) reduced[axis] = true;
    return new AxisSum(x, x.shape().dims(), reduced, factor, Tensor.allocate(memory, shape));
  }

  private static Shape without(List<Integer> axes, Shape shape) {
    if (axes.size() == shape.rank()) return Shape.of(1);
    return Shape.of(IntStream.range(0, shape.rank()).filter(axis -> !axes.contains(axis)).map(shape::dim).toArray());
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.reduction().sum(dims, reduced, factor, x.storage(), output.storage());
  }

  @Override
  public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
    plan.reads();
    plan.add(x, dX -> kernels.reduction().repeat(dims, reduced, factor, dOutput.storage(), dX.storage()));
  }
}
