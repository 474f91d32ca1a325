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
import java.util.stream.IntStream;

/// Reorders axes, as a transposition does with two: axis i of the result is axis `order[i]` of x.
///
/// - `x`    any shape
/// - result the dimensions of x in the new order
///
/// Backward reorders the gradient the other way round, and keeps nothing. No arithmetic; a copy.
///
/// @param order each axis of x once
public record Permute(Tensor x, List<Integer> order) implements Op {
  /// @throws ShapeMismatch if `order` is not a permutation of the axes
  public Permute {
    order = List.copyOf(order);
    List<Integer> axes = IntStream.range(0, x.shape().rank()).boxed().toList();
    ShapeMismatch.check(order.stream().sorted().toList().equals(axes), "permute",
        "the order must name each axis of x once, from 0",
        "x", x, "order", order);
  }

  /// @param order each axis of x once
  public Permute(Tensor x, int... order) {
    this(x, IntStream.of(order).boxed().toList());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    int[] axes = order.stream().mapToInt(Integer::intValue).toArray();
    Shape shape = Shape.of(IntStream.of(axes).map(x::dim).toArray());
    return new Planned(x, x.shape().dims(), axes, Tensor.allocate(memory, shape));
  }

  private record Planned(Tensor x, int[] dims, int[] order, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.layout().permute(dims, order, x.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      int[] outputDims = output.shape().dims();
      int[] inverseOrder = new int[order.length];
      for (int axis = 0; axis < order.length; axis++) inverseOrder[order[axis]] = axis;
      plan.reads();
      plan.add(x, dX -> kernels.layout().permute(outputDims, inverseOrder, dOutput.storage(), dX.storage()));
    }
  }
}
