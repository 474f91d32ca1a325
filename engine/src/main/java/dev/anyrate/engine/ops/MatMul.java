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

/// Matrix product, one for each matrix of a batch: `C = op(A)·op(B)`, where op transposes on demand.
///
/// - `a`    `[…, M, K]`, or `[…, K, M]` if transposed
/// - `b`    `[…, K, N]`, or `[…, N, K]` if transposed; the same dimensions in front
/// - result `[…, M, N]`
///
/// Backward keeps `a` and `b`. Cost 2·M·N·K FLOP a matrix, and twice that for both gradients.
public record MatMul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) implements Op {
  /// @throws ShapeMismatch if a rank is below 2, or the dimensions in front or the depths K differ
  public MatMul {
    ShapeMismatch.check(a.shape().rank() >= 2 && b.shape().rank() >= 2, "matmul", "both must be matrices or batches of them", "a",
        a, "b", b);
    ShapeMismatch.check(a.shape().with(-2, 1).with(-1, 1).equals(b.shape().with(-2, 1).with(-1, 1)), "matmul",
        "the dimensions in front of the matrices must be equal", "a", a, "b", b);
    ShapeMismatch.check(a.dim(transposeA ? -2 : -1) == b.dim(transposeB ? -1 : -2), "matmul",
        "the columns of op(a) must be the rows of op(b); transpose one of them?", transposeA ? "transposed a" : "a", a,
        transposeB ? "transposed b" : "b", b);
  }

  /// Without transposition.
  public MatMul(Tensor a, Tensor b) {
    this(a, false, b, false);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public Step plan(Memory memory) {
    Shape shape = a.shape().with(-2, a.dim(transposeA ? -1 : -2)).with(-1, b.dim(transposeB ? -2 : -1));
    return new Planned(this, Tensor.allocate(memory, shape));
  }

  private record Planned(MatMul op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      multiply(kernels, op.a, op.transposeA, op.b, op.transposeB, output);
    }

    /// With C = A·B: dA = dC·Bᵀ and dB = Aᵀ·dC. Where an operand is stored transposed, so is its gradient: dAᵀ = B·dCᵀ, dBᵀ =
    /// dCᵀ·A.
    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads(op.b);
      plan.add(op.a, dA -> {
        if (op.transposeA) {
          multiply(kernels, op.b, op.transposeB, dOutput, true, dA);
        } else {
          multiply(kernels, dOutput, false, op.b, !op.transposeB, dA);
        }
      });
      plan.reads(op.a);
      plan.add(op.b, dB -> {
        if (op.transposeB) {
          multiply(kernels, dOutput, true, op.a, op.transposeA, dB);
        } else {
          multiply(kernels, op.a, !op.transposeA, dOutput, false, dB);
        }
      });
    }

    private static void multiply(Kernels kernels, Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c) {
      int batch = c.shape().sizeBefore(-2);
      int depth = a.dim(transposeA ? -2 : -1);
      kernels.matmul().matmul(batch, transposeA, transposeB, c.dim(-2), c.dim(-1), depth, a.storage(), b.storage(), c.storage());
    }
  }
}
