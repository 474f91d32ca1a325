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
    Tensor output = Tensor.allocate(memory, x.shape().with(-1, weight.dim(0)));
    int out = weight.dim(0);
    return new Planned(this, output, new int[] {output.shape().sizeBefore(-1), out}, new int[] {out, 1}, new int[] {0, 1});
  }

  /// @param dims        `[rows, out]`
  /// @param strides     of the result
  /// @param biasStrides of the bias, repeated for each row
  private record Planned(Linear op, Tensor output, int[] dims, int[] strides, int[] biasStrides) implements Step {
    @Override
    public void forward(Kernels kernels) {
      int rows = dims[0];
      int in = op.weight.dim(1);
      int out = dims[1];
      kernels.matmul().matmul(1, false, true, rows, out, in, op.x.storage(), op.weight.storage(), output.storage());
      if (op.bias == null) return;
      kernels.elementwise().binary(BinaryFunction.ADD, dims, output.storage(), strides, op.bias.storage(), biasStrides,
          output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, Gradients into) {
      int rows = dims[0];
      int in = op.weight.dim(1);
      int out = dims[1];
      // dX = dY·weight, dWeight = dYᵀ·x, dBias = Σ dY over rows
      into.add(op.x, dX -> kernels.matmul().matmul(1, false, false, rows, in, out, dOutput.storage(), op.weight.storage(),
          dX.storage()));
      into.add(op.weight, dWeight -> kernels.matmul().matmul(1, true, false, out, in, rows, dOutput.storage(), op.x.storage(),
          dWeight.storage()));
      if (op.bias == null) return;
      boolean[] overRows = {true, false};
      into.add(op.bias, dBias -> kernels.reduction().sum(dims, overRows, 1, dOutput.storage(), dBias.storage()));
    }
  }
}
