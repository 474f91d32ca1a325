package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Four statistics of each channel over the valid samples of each series, in this order: mean, maximum, deviation √(biased
/// variance + epsilon), and share of positive values. The last one is what MiniRocket pools by.
///
/// - `x`       `[B, L, C]`
/// - `lengths` `[B]`, valid samples of each series, at least 1
/// - result    `[B, 4, C]`
///
/// Backward, `dX = dMean/n + [t = position]·dMaximum + dDeviation·(x − mean)/(n·deviation)`, keeps `x`, the result, and the
/// position of the maximum `[B, C]`. The share of positive values is flat: it has no gradient. Cost about 6 FLOP an element each
/// way.
///
/// @param epsilon above 0: a constant channel has a deviation of √epsilon, and a gradient
/// @see <a href="https://arxiv.org/abs/2012.08791">Dempster, Schmidt and Webb 2021</a>
public record StatisticsOverTime(Tensor x, Tensor lengths, float epsilon) implements Op {
  private static final int STATISTICS = 4;

  /// @throws dev.anyrate.engine.tensor.ShapeMismatch if x is no batch of series, or there is not one length for each
  public StatisticsOverTime {
    Rules.series("statistics over time", x, lengths);
    Rules.positive("statistics over time", "epsilon", epsilon, "1e-5");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, Shape.of(x.dim(0), x.dim(2))),
        Tensor.allocate(memory, Shape.of(x.dim(0), STATISTICS, x.dim(2))));
  }

  private record Planned(StatisticsOverTime op, Tensor position, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      Tensor x = op.x;
      kernels.pooling().statisticsOverTime(x.dim(0), x.dim(1), x.dim(2), op.epsilon, x.storage(), op.lengths.storage(),
          output.storage(), position.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      Tensor x = op.x;
      plan.add(x, dX -> kernels.pooling().statisticsOverTimeBackward(x.dim(0), x.dim(1), x.dim(2), x.storage(),
          op.lengths.storage(), output.storage(), position.storage(), dOutput.storage(), dX.storage()));
    }
  }
}
