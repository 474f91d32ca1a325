package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Sum over axes.
///
/// - `x`    any shape
/// - result the shape of x, each summed axis with dimension 1 or without it; `[1]` where all are summed and none is kept
///
/// Backward repeats the gradient along the axes, and keeps nothing. Cost 1 FLOP an element.
///
/// @param axes     at least one, each once; negative ones count from the end
/// @param keepDims whether summed axes stay with dimension 1
public record Sum(Tensor x, List<Integer> axes, boolean keepDims) implements Op {
  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if there is no axis, or one is named twice or does not exist
  public Sum {
    axes = AxisSum.checked("sum", x, axes);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return AxisSum.plan(memory, x, axes, keepDims, 1);
  }
}
