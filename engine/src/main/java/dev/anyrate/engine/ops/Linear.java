package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Linear map of the innermost axis: `y = x·weightᵀ + bias`, as PyTorch's `Linear`.
///
/// - `x`      `[…, in]`, rank 2 or more
/// - `weight` `[out, in]`
/// - `bias`   `[out]`, or null for none
/// - result   `[…, out]`
///
/// Backward keeps `x` and `weight`. Cost 2·rows·in·out FLOP, and twice that for both gradients; rows is the product of all
/// dimensions but the last.
///
/// @throws ShapeMismatch if `x` does not end in `in` numbers, or `bias` has not `out`
public record Linear(Tensor x, Tensor weight, Tensor bias) implements Op {
  public Linear {
    ShapeMismatch.check(weight.shape().rank() == 2, "linear", "weight must be a matrix [out, in]", "weight", weight);
    ShapeMismatch.check(x.shape().rank() >= 2 && x.dim(-1) == weight.dim(1), "linear",
        "x must have the shape […, in] and weight [out, in]; transpose the weight, or give the layer its input size?", "x", x,
        "weight", weight);
    ShapeMismatch.check(bias == null || bias.shape().rank() == 1 && bias.dim(0) == weight.dim(0), "linear",
        "bias must have one number for each row of weight [out, in]", "weight", weight, "bias", bias);
  }

  @Override
  public List<Tensor> inputs() {
    return bias == null ? List.of(x, weight) : List.of(x, weight, bias);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape().with(-1, weight.dim(0))));
  }

  private record Planned(Linear op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      int rows = output.shape().sizeBefore(-1);
      int in = op.weight.dim(1);
      int out = op.weight.dim(0);
      kernels.matmul().matmul(1, false, true, rows, out, in, op.x.storage(), op.weight.storage(), output.storage());
      if (op.bias == null) return;
      kernels.elementwise().binary(BinaryFunction.ADD, new int[] {rows, out}, output.storage(), new int[] {out, 1},
          op.bias.storage(), new int[] {0, 1}, output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, Gradients into) {
      int rows = output.shape().sizeBefore(-1);
      int in = op.weight.dim(1);
      int out = op.weight.dim(0);
      // dX = dY·weight, dWeight = dYᵀ·x, dBias = Σ dY over rows
      into.add(op.x, dX -> kernels.matmul().matmul(1, false, false, rows, in, out, dOutput.storage(), op.weight.storage(),
          dX.storage()));
      into.add(op.weight, dWeight -> kernels.matmul().matmul(1, true, false, out, in, rows, dOutput.storage(), op.x.storage(),
          dWeight.storage()));
      if (op.bias == null) return;
      into.add(op.bias, dBias -> kernels.reduction().sum(new int[] {rows, out}, new boolean[] {true, false}, 1, dOutput.storage(),
          dBias.storage()));
    }
  }
}
