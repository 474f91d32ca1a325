package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Mean over axes: [Sum] divided by the number of elements that go into one result.
///
/// - `x`    any shape
/// - result the shape of x, each averaged axis with dimension 1 or without it; `[1]` where all are averaged and none is kept
///
/// Backward repeats the gradient along the axes, divided likewise, and keeps nothing. Cost 1 FLOP an element.
///
/// @param axes     at least one, each once, none of dimension 0; negative ones count from the end
/// @param keepDims whether averaged axes stay with dimension 1
public record Mean(Tensor x, List<Integer> axes, boolean keepDims) implements Op {
  /// @throws ShapeMismatch if there is no axis, one is named twice or does not exist, or there is nothing to average
  public Mean {
    axes = AxisSum.checked("mean", x, axes);
    ShapeMismatch.check(count(x, axes) >= 1, "mean", "there must be something to average", "x", x, "axes", axes);
  }

  private static int count(Tensor x, List<Integer> axes) {
    return axes.stream().mapToInt(x::dim).reduce(1, (product, dim) -> product * dim);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return AxisSum.plan(memory, x, axes, keepDims, 1f / count(x, axes));
  }
}
