package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A [NormalizedConv1d] in training: a convolution that measures its result before that leaves the cache, and the [BatchNorm] by what it measured.
///
/// Each forward run moves the running statistics, as [BatchNorm] does. Backward keeps what the convolution and the batch norm keep: `x`, the convolution's result, and the result.
///
/// @param evaluation the same with the running statistics in place of the batch's
/// @param momentum   weight of the newest batch in the running statistics, 0 … 1
public record BatchNormalizedConv1d(NormalizedConv1d evaluation, float momentum) implements Op {
  private static final String NAME = "batch normalized conv1d";

  /// @throws ShapeMismatch if a channel has a single sample
  public BatchNormalizedConv1d {
    Conv1d convolution = evaluation.convolution();
    ShapeMismatch.check(convolution.resultShape().dim(0) * convolution.resultShape().dim(1) > 1, NAME,
        "one sample has no variance; train with more series, or longer ones", "x", convolution.x(), "weight",
        convolution.weight());
    Rules.momentum(NAME, momentum);
  }

  @Override
  public List<Tensor> inputs() {
    return evaluation.inputs();
  }

  @Override
  public Step plan(Memory memory) {
    Conv1d.Planned convolution = evaluation.convolution().plan(memory);
    var norm = new BatchNorm(convolution.output(), evaluation.lengths(), evaluation.gamma(), evaluation.beta(), evaluation.mean(),
        evaluation.variance(), evaluation.residual(), evaluation.relu(), momentum, evaluation.epsilon(), true);
    return new Planned(convolution, norm.plan(memory));
  }

  private record Planned(Conv1d.Planned convolution, BatchNorm.Planned norm) implements Step {
    @Override
    public Tensor output() {
      return norm.output();
    }

    @Override
    public List<Tensor> inner() {
      return List.of(convolution.output());
    }

    @Override
    public void forward(Kernels kernels) {
      convolution.forwardMeasured(kernels, norm.op().lengths(), norm.mean(), norm.variance());
      norm.forwardMeasured(kernels);
    }

    @Override
    public Optional<Consumer<Kernels>> remake() {
      return norm.remake();
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      convolution.backward(kernels, norm.backwardToX(kernels, dOutput, plan), plan);
    }
  }
}
