package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// One-dimensional convolution over time (cross-correlation, as PyTorch's `Conv1d`), on channels-last series.
///
/// With x zero outside of its length and group(o) the group of output channel o:
///
/// `y[b, t, o] = bias[o] + Σ_k Σ_c x[b, t·stride + k·dilation − padding, group(o)·Cin/groups + c]·weight[o, c, k]`
///
/// - `x`      `[B, L, Cin]`
/// - `weight` `[Cout, Cin/groups, K]`
/// - `bias`   `[Cout]`, or null for none
/// - result   `[B, Lout, Cout]` with `Lout = (L + 2·padding − dilation·(K − 1) − 1) / stride + 1`, rounded down
///
/// Backward keeps `x` and `weight`. Cost 2·B·Lout·Cout·(Cin/groups)·K FLOP, and twice that for both gradients.
///
/// @param stride   samples from one window to the next, at least 1
/// @param padding  zeros on each side of a series
/// @param dilation samples from one tap to the next, at least 1
/// @param groups   groups of channels that do not mix, at least 1
/// @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Conv1d.html">Conv1d in PyTorch</a>
public record Conv1d(Tensor x, Tensor weight, Tensor bias, int stride, int padding, int dilation, int groups) implements Op {
  /// @throws ShapeMismatch if the channels do not fit, a setting is too small, or the padded series is shorter than the window
  public Conv1d {
    ShapeMismatch.check(x.shape().rank() == 3 && weight.shape().rank() == 3, "conv1d",
        "x must have the shape [B, L, Cin] and weight [Cout, Cin/groups, K]", "x", x, "weight", weight);
    Conv1dGeometry geometry = geometry(x, weight, stride, padding, dilation, groups);
    if (weight.dim(1) != geometry.groupInChannels()) {
      throw new ShapeMismatch("conv1d: input has " + x.dim(2) + " channels, weight expects " + weight.dim(1) * groups
          + "; give the layer or encoder as many input channels as its series have");
    }
    ShapeMismatch.check(bias == null || bias.shape().rank() == 1 && bias.dim(0) == weight.dim(0), "conv1d",
        "bias must have one number for each output channel, the first axis of weight", "weight", weight, "bias", bias);
  }

  private static Conv1dGeometry geometry(Tensor x, Tensor weight, int stride, int padding, int dilation, int groups) {
    return new Conv1dGeometry(x.dim(0), x.dim(1), x.dim(2), weight.dim(0), weight.dim(2), stride, padding, dilation, groups);
  }

  /// The sizes of this convolution.
  public Conv1dGeometry geometry() {
    return geometry(x, weight, stride, padding, dilation, groups);
  }

  /// `[B, Lout, Cout]`
  Shape resultShape() {
    Conv1dGeometry geometry = geometry();
    return Shape.of(geometry.batch(), geometry.outLength(), geometry.outChannels());
  }

  @Override
  public List<Tensor> inputs() {
    return bias == null ? List.of(x, weight) : List.of(x, weight, bias);
  }

  @Override
  public Planned plan(Memory memory) {
    return new Planned(this, geometry(), Tensor.allocate(memory, resultShape()));
  }

  /// A step of its own, or the beginning of a [BatchNormalizedConv1d].
  record Planned(Conv1d op, Conv1dGeometry geometry, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      kernels.convolution().conv1d(geometry, op.x.storage(), op.weight.storage(), bias(), output.storage());
    }

    /// As [#forward], with mean and variance of the result's channels over its valid samples.
    void forwardMeasured(Kernels kernels, Tensor lengths, Tensor mean, Tensor variance) {
      kernels.convolution().conv1dMeasured(kernels.norm(), geometry, op.x.storage(), op.weight.storage(), bias(),
          lengths.storage(), output.storage(), mean.storage(), variance.storage());
    }

    private Storage bias() {
      return op.bias == null ? null : op.bias.storage();
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      plan.reads(op.x);
      plan.add(op.weight, dWeight -> kernels.convolution().conv1dBackwardWeight(geometry, op.x.storage(), dOutput.storage(),
          dWeight.storage()));
      plan.reads(op.weight);
      plan.add(op.x, dX -> kernels.convolution().conv1dBackwardInput(geometry, dOutput.storage(), op.weight.storage(),
          dX.storage()));
      if (op.bias == null) return;
      int[] dims = output.shape().dims();
      boolean[] overBatchAndTime = {true, true, false};
      plan.add(op.bias,
          dBias -> kernels.reduction().sum(dims, overBatchAndTime, 1, dOutput.storage(), dBias.storage()));
    }
  }
}
