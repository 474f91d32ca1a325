package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// Sets a random share of the elements to 0 and enlarges the others, so that the mean stays: `y = x·kept/(1 − rate)`.
///
/// - `x`    any shape, result the same
/// - `step` one whole number; another step, other zeros
///
/// Which elements are kept is a function of seed, step and place. Backward, `dX = dY·kept/(1 − rate)`, keeps nothing and finds them again, so `step` must
/// not change between the passes.
///
/// @param rate from 0 up to, not including, 1
/// @param seed one for each place in a model: with another seed, other zeros in the same step
/// @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
public record Dropout(Tensor x, Tensor step, float rate, long seed) implements Op {
  /// @throws ShapeMismatch            if `step` is not one number
  /// @throws IllegalArgumentException if `rate` is not in its range
  public Dropout {
    ShapeMismatch.check(step.size() == 1, "dropout", "step must be one number", "step", step);
    if (!(rate >= 0 && rate < 1))
      throw new IllegalArgumentException("dropout: rate is " + rate + "; give 0 up to, not including, 1");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Step plan(Memory memory) {
    return new Planned(this, Tensor.allocate(memory, x.shape()));
  }

  private record Planned(Dropout op, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      run(kernels, op.x, output);
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads();
      plan.compute(() -> run(kernels, dOutput, dOutput));
      plan.handOver(op.x, dOutput);
    }

    private void run(Kernels kernels, Tensor from, Tensor to) {
      kernels.dropout().dropout(output.size(), op.rate, op.seed, op.step.storage(), from.storage(), to.storage());
    }
  }
}
