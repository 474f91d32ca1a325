package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Linear map of the innermost axis: `y = x·weightᵀ + bias`, as PyTorch's `Linear`, and on demand a shortcut around it: `y = x·weightᵀ + bias + residual`.
///
/// - `x`      `[…, in]`, rank 2 or more
/// - `weight` `[out, in]`
/// - `bias`   `[out]`, or null for none
/// - `residual` of the result's shape, or null for none
/// - result   `[…, out]`
///
/// Backward keeps `x` and `weight`. Cost 2·rows·in·out FLOP, and twice that for both gradients; rows is the product of all
/// dimensions but the last.
public record Linear(Tensor x, Tensor weight, Tensor bias, Tensor residual) implements Op {
  /// @throws ShapeMismatch if `x` does not end in `in` numbers, `bias` has not `out`, or `residual` has not the result's shape
  public Linear {
    ShapeMismatch.check(weight.shape().rank() == 2, "linear", "weight must be a matrix [out, in]", "weight", weight);
    ShapeMismatch.check(x.shape().rank() >= 2 && x.dim(-1) == weight.dim(1), "linear",
        "x must have the shape […, in] and weight [out, in]; transpose the weight, or give the layer its input size?", "x", x,
        "weight", weight);
    ShapeMismatch.check(bias == null || bias.shape().rank() == 1 && bias.dim(0) == weight.dim(0), "linear",
        "bias must have one number for each row of weight [out, in]", "weight", weight, "bias", bias);
    ShapeMismatch.check(residual == null || residual.shape().equals(x.shape().with(-1, weight.dim(0))), "linear",
        "residual must have the shape of the result, that of x with the rows of weight [out, in] at its end", "x", x, "weight",
        weight, "residual", residual);
  }

  /// Without a shortcut.
  public Linear(Tensor x, Tensor weight, Tensor bias) {
    this(x, weight, bias, null);
  }

  @Override
  public List<Tensor> inputs() {
    return Stream.of(x, weight, bias, residual).filter(Objects::nonNull).toList();
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape().with(-1, weight.dim(0))));
  }

  private record Planned(Linear op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.linear().linear(rows(), in(), out(), op.x.storage(), op.weight.storage(), storage(op.bias), storage(op.residual),
          output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      // dX = dY·weight, dWeight = dYᵀ·x, dBias = Σ dY over rows, dResidual = dY
      plan.reads(op.x);
      if (plan.wants(op.weight) || op.bias != null && plan.wants(op.bias)) {
        Tensor dWeight = plan.share(op.weight);
        Storage dBias = op.bias != null && plan.wants(op.bias) ? plan.share(op.bias).storage() : null;
        plan.compute(() -> kernels.linear().linearBackwardParameters(rows(), in(), out(), op.x.storage(), dOutput.storage(),
            dWeight.storage(), dBias));
      }
      plan.reads(op.weight);
      plan.add(op.x, dX -> kernels.matmul().matmul(1, false, false, rows(), in(), out(), dOutput.storage(), op.weight.storage(),
          dX.storage()));
      if (op.residual != null) plan.handOver(op.residual, dOutput);
    }

    private int rows() {
      return output.shape().sizeBefore(-1);
    }

    private int in() {
      return op.weight.dim(1);
    }

    private int out() {
      return op.weight.dim(0);
    }

    private static Storage storage(Tensor tensor) {
      return tensor == null ? null : tensor.storage();
    }
  }
}
