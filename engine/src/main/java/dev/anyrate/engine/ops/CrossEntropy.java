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

/// Cross-entropy of class labels: the mean over rows of `−ln softmax(logits)[label]`.
///
/// - `logits` `[B, classes]`
/// - `labels` `[B]`, whole numbers in 0 … classes − 1; another one is refused when the loss is computed, on a device the loss is NaN
/// - result   `[1]`
///
/// Softmax and logarithm are one operation because their gradient together is simple and never divides by a small probability:
/// `dLogits = (softmax(logits) − [class = label])/B·dLoss`. Backward keeps the logits. Cost about 15 FLOP a logit each way.
public record CrossEntropy(Tensor logits, Tensor labels) implements Op {
  /// @throws ShapeMismatch if there is not one label for each row, or nothing to average
  public CrossEntropy {
    ShapeMismatch.check(logits.shape().rank() == 2 && logits.size() >= 1, "cross-entropy",
        "logits must have the shape [B, classes], none of them 0", "logits", logits);
    ShapeMismatch.check(labels.shape().rank() == 1 && labels.dim(0) == logits.dim(0), "cross-entropy",
        "give one label for each row of logits", "logits", logits, "labels", labels);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(logits);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, Shape.of(1)));
  }

  private record Planned(CrossEntropy op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.loss().crossEntropy(op.logits.dim(0), op.logits.dim(1), op.logits.storage(), op.labels.storage(), output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.add(op.logits, dLogits -> kernels.loss().crossEntropyBackward(op.logits.dim(0), op.logits.dim(1), op.logits.storage(),
          op.labels.storage(), dOutput.storage(), dLogits.storage()));
    }
  }
}
