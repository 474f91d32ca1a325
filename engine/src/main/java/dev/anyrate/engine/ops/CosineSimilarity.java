package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Cosine of the angle between rows: `y = a·b / (max(‖a‖, epsilon)·max(‖b‖, epsilon))` over the innermost axis. With a zero row
/// it is 0.
///
/// - `a`, `b` `[…, D]`, the same shape
/// - result   `[…]`, or `[1]` for two vectors
///
/// Backward, `dA = dY·(b/(‖a‖‖b‖) − y·a/‖a‖²)`, without the second term where ‖a‖ is below epsilon, and the same with the roles exchanged, keeps both operands and the result.
/// Cost 6 FLOP an element forward, 10 for each gradient.
///
/// @param epsilon above 0; far below any norm that matters, such as 1e-8
public record CosineSimilarity(Tensor a, Tensor b, float epsilon) implements Op {
  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if the shapes differ
  public CosineSimilarity {
    Rules.sameShape("cosine similarity", a, b);
    Rules.positive("cosine similarity", "epsilon", epsilon, "1e-8");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public Step plan(Memory memory) {
    int outer = a.shape().rank() - 1;
    Shape shape = outer == 0 ? Shape.of(1) : Shape.of(Arrays.copyOf(a.shape().dims(), outer));
    return new Planned(this, Tensor.allocate(memory, shape));
  }

  private record Planned(CosineSimilarity op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.similarity().cosineSimilarity(output.size(), op.a.dim(-1), op.epsilon, op.a.storage(), op.b.storage(),
          output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.add(op.a, dA -> backwardOf(kernels, op.a, op.b, dOutput, dA));
      plan.add(op.b, dB -> backwardOf(kernels, op.b, op.a, dOutput, dB));
    }

    private void backwardOf(Kernels kernels, Tensor one, Tensor other, Tensor dOutput, Tensor dOne) {
      kernels.similarity().cosineSimilarityBackward(output.size(), one.dim(-1), op.epsilon, one.storage(), other.storage(),
          output.storage(), dOutput.storage(), dOne.storage());
    }
  }
}
