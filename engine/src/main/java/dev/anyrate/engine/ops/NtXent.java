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

/// NT-Xent, the normalised temperature-scaled cross-entropy of SimCLR: each row shall be more similar to the other view of its
/// series than to all other rows. With `z = x/max(‖x‖, epsilon)` for each row, `s_ij = z_i·z_j/temperature` and p(i) = (i + B) mod 2B the row of the
/// other view:
///
/// `loss = mean over i of ( ln Σ_{j ≠ i} e^s_ij − s_i,p(i) )`
///
/// - `x`    `[2B, D]`, first views, then second views in the same order; B at least 2
/// - result `[1]`
///
/// Its gradient, with `p_ij = e^s_ij / Σ_{k ≠ i} e^s_ik` for j ≠ i: s_ij stands in the sum of row i and, as s_ij = s_ji, in that
/// of row j, and the positive of row i is also that of row p(i), so
///
/// `dZ_i = dLoss/(2B·temperature)·( Σ_{j ≠ i} (p_ij + p_ji)·z_j − 2·z_p(i) )` and `dX_i = (dZ_i − z_i·Σ dZ_i·z_i)/‖x_i‖`,
/// or `dZ_i/epsilon` where ‖x_i‖ is below epsilon.
///
/// Backward keeps `x`, its norms and the logarithm of each row's sum `[2B]`, and computes the similarities again: the 2B × 2B matrix is
/// never stored, nor the rows of unit length. Cost 4·B²·D FLOP forward by symmetry, 12·B²·D backward.
///
/// @param temperature above 0 and finite; the lower, the more the most similar negatives count
/// @param epsilon     above 0; far below any norm that matters, such as 1e-8
/// @see <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>
public record NtXent(Tensor x, float temperature, float epsilon) implements Op {
  /// @throws ShapeMismatch if the rows are not two views of at least 2 series
  public NtXent {
    ShapeMismatch.check(x.shape().rank() == 2 && x.dim(0) % 2 == 0 && x.dim(0) >= 4, "nt-xent",
        "the rows must be two views of each of at least 2 series, [2B, D]; use a larger batch", "x", x);
    Rules.positive("nt-xent", "temperature", temperature, "0.5");
    Rules.positive("nt-xent", "epsilon", epsilon, "1e-8");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    Shape rows = Shape.of(x.dim(0));
    return new Planned(this, Tensor.allocate(memory, rows), Tensor.allocate(memory, rows), Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(NtXent op, Tensor norm, Tensor logSum, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.loss().ntXent(op.x.dim(0) / 2, op.x.dim(1), op.temperature, op.epsilon, op.x.storage(), norm.storage(),
          logSum.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.add(op.x, dX -> kernels.loss().ntXentBackward(op.x.dim(0) / 2, op.x.dim(1), op.temperature, op.epsilon,
          op.x.storage(), norm.storage(), logSum.storage(), dOutput.storage(), dX.storage()));
    }
  }
}
