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
import java.util.Optional;
import java.util.function.Consumer;

/// Batch normalisation of each channel over the valid samples of a batch, with an optional residual and ReLU in the same pass:
///
/// `y = activation((x − mean)/√(variance + epsilon)·gamma + beta + residual)`
///
/// - `x`       `[B, L, C]`, result the same; what lies behind the valid samples is not read, and is 0 in the result
/// - `lengths` `[B]`, valid samples of each series
/// - `gamma`, `beta`, `runningMean`, `runningVariance` `[C]`
/// - `residual` `[B, L, C]`, or null for none
///
/// In training, mean and biased variance are those of the batch, and **each forward run moves the running statistics** towards
/// them: `running = (1 − momentum)·running + momentum·statistic`, with the unbiased variance. Otherwise the running statistics
/// are used as they are, both forward and backward.
///
/// Backward keeps `x`, the result (for the mask of the ReLU) and the two statistics. Cost about 8 FLOP an element forward, 15
/// backward; both are bound by memory, hence one pass for all.
///
/// @param relu     whether the activation is max(·, 0), else there is none
/// @param momentum weight of the newest batch in the running statistics, 0 … 1
/// @param epsilon  above 0
/// @param training whether to use, and update by, the statistics of this batch
/// @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
public record BatchNorm(Tensor x, Tensor lengths, Tensor gamma, Tensor beta, Tensor runningMean, Tensor runningVariance,
    Tensor residual, boolean relu, float momentum, float epsilon, boolean training) implements Op {
  private static final String NAME = "batch norm";

  /// @throws ShapeMismatch if a shape does not fit, or in training a channel has a single sample
  public BatchNorm {
    Rules.series(NAME, x, lengths);
    Rules.perChannel(NAME, x, "gamma", gamma);
    Rules.perChannel(NAME, x, "beta", beta);
    Rules.perChannel(NAME, x, "running mean", runningMean);
    Rules.perChannel(NAME, x, "running variance", runningVariance);
    ShapeMismatch.check(residual == null || residual.shape().equals(x.shape()), NAME, "the residual must have the shape of x",
        "x", x, "residual", residual);
    ShapeMismatch.check(!training || x.dim(0) * x.dim(1) > 1, NAME,
        "one sample has no variance; train with more series, or longer ones", "x", x);
    Rules.momentum(NAME, momentum);
    Rules.positive(NAME, "epsilon", epsilon, "1e-5");
  }

  @Override
  public List<Tensor> inputs() {
    return residual == null ? List.of(x, gamma, beta) : List.of(x, gamma, beta, residual);
  }

  @Override
  public Planned plan(Memory memory) {
    Tensor mean = training ? Tensor.allocate(memory, gamma.shape()) : runningMean;
    Tensor variance = training ? Tensor.allocate(memory, gamma.shape()) : runningVariance;
    return new Planned(this, mean, variance, Tensor.allocate(memory, x.shape()));
  }

  /// A step of its own, or the end of a [BatchNormalizedConv1d].
  record Planned(BatchNorm op, Tensor mean, Tensor variance, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      if (op.training) {
        kernels.norm().channelStatistics(batch(), length(), channels(), op.x.storage(), op.lengths.storage(), mean.storage(),
            variance.storage());
        updateRunningStatistics(kernels);
      }
      normalize(kernels);
    }

    /// The rest of [#forward] in training, when mean and variance are known.
    void forwardMeasured(Kernels kernels) {
      updateRunningStatistics(kernels);
      normalize(kernels);
    }

    private void updateRunningStatistics(Kernels kernels) {
      kernels.norm().updateRunningStatistics(batch(), channels(), op.momentum, op.lengths.storage(), mean.storage(),
          variance.storage(), op.runningMean.storage(), op.runningVariance.storage());
    }

    private void normalize(Kernels kernels) {
      Storage residual = op.residual == null ? null : op.residual.storage();
      kernels.norm().normalize(batch(), length(), channels(), op.x.storage(), op.lengths.storage(), mean.storage(),
          variance.storage(), op.epsilon, op.gamma.storage(), op.beta.storage(), residual, op.relu, output.storage());
    }

    /// One pass through memory, as unpacking it would be.
    @Override
    public Optional<Consumer<Kernels>> remake() {
      return op.residual == null ? Optional.of(this::normalize) : Optional.empty();
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      backwardToX(kernels, dOutput, plan);
      if (op.residual == null) plan.handOver(op.x, dOutput);
    }

    /// Works in the place of dOutput, which becomes the gradient of the residual; without one, that of x.
    ///
    /// @return the gradient of x, as long as this step is planned
    Tensor backwardToX(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads(op.x, output);
      // The gradient of x is made from those of gamma and beta, so they are needed even where the parameters are frozen.
      Tensor dGamma = plan.share(op.gamma);
      Tensor dBeta = plan.share(op.beta);
      plan.compute(() -> kernels.norm().normalizeBackwardParameters(batch(), length(), channels(), op.x.storage(),
          op.lengths.storage(), mean.storage(), variance.storage(), op.epsilon, op.relu, output.storage(), dOutput.storage(),
          dGamma.storage(), dBeta.storage()));
      if (op.residual == null) {
        plan.compute(() -> backwardInput(kernels, dOutput, dGamma, dBeta, dOutput.storage(), null));
        return dOutput;
      }
      Tensor dX = plan.share(op.x);
      plan.compute(() -> backwardInput(kernels, dOutput, dGamma, dBeta, dX.storage(), dOutput.storage()));
      plan.handOver(op.residual, dOutput);
      return dX;
    }

    private void backwardInput(Kernels kernels, Tensor dOutput, Tensor dGamma, Tensor dBeta, Storage dX, Storage dResidual) {
      kernels.norm().normalizeBackwardInput(batch(), length(), channels(), op.x.storage(), op.lengths.storage(), mean.storage(),
          variance.storage(), op.epsilon, op.gamma.storage(), op.training, op.relu, output.storage(), dOutput.storage(),
          dGamma.storage(), dBeta.storage(), dX, dResidual);
    }

    private int batch() {
      return op.x.dim(0);
    }

    private int length() {
      return op.x.dim(1);
    }

    private int channels() {
      return op.x.dim(2);
    }
  }
}
