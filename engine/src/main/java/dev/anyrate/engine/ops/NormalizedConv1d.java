package dev.anyrate.engine.ops;

import dev.anyrate.engine.autograd.BackwardPlan;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Step;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.Normalization;
import dev.anyrate.engine.memory.Memory;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A convolution and, before its result leaves the cache, the [BatchNorm] of evaluation:
///
/// `y = activation((conv1d(x) − mean)/√(variance + epsilon)·gamma + beta + residual)`
///
/// - `lengths` `[B]`, valid samples of each series of the result; behind them the result is 0
/// - `gamma`, `beta`, `mean`, `variance` `[Cout]`
/// - `residual` and result `[B, Lout, Cout]`, the residual null for none
///
/// In training this cannot be one pass, as mean and variance are known only when the whole batch was convolved; see [BatchNormalizedConv1d].
///
/// Backward keeps the result, and computes the convolution's once more. It costs another forward pass, where a gradient through running statistics is asked for at all.
///
/// @param mean     the running one; gets no gradient
/// @param variance likewise
/// @param relu     whether the activation is max(·, 0), else there is none
/// @param epsilon  above 0
public record NormalizedConv1d(Conv1d convolution, Tensor lengths, Tensor gamma, Tensor beta, Tensor mean, Tensor variance,
    Tensor residual, boolean relu, float epsilon) implements Op {
  private static final String NAME = "normalized conv1d";

  /// @throws ShapeMismatch if a shape does not fit
  public NormalizedConv1d {
    Rules.series(NAME, convolution.x(), lengths);
    perChannel(convolution, "gamma", gamma);
    perChannel(convolution, "beta", beta);
    perChannel(convolution, "mean", mean);
    perChannel(convolution, "variance", variance);
    ShapeMismatch.check(residual == null || residual.shape().equals(convolution.resultShape()), NAME,
        "the residual must have the shape of the convolution's result", "x", convolution.x(), "weight", convolution.weight(),
        "residual", residual);
    Rules.positive(NAME, "epsilon", epsilon, "1e-5");
  }

  private static void perChannel(Conv1d convolution, String name, Tensor parameter) {
    ShapeMismatch.check(parameter.shape().rank() == 1 && parameter.dim(0) == convolution.weight().dim(0), NAME,
        name + " must have one number for each output channel, the first axis of weight", "weight", convolution.weight(), name,
        parameter);
  }

  @Override
  public List<Tensor> inputs() {
    var inputs = new ArrayList<>(convolution.inputs());
    inputs.add(gamma);
    inputs.add(beta);
    if (residual != null) inputs.add(residual);
    return List.copyOf(inputs);
  }

  @Override
  public Step plan(Memory memory) {
    var after = new Normalization(lengths.storage(), mean.storage(), variance.storage(), epsilon, gamma.storage(), beta.storage(),
        residual == null ? null : residual.storage(), relu);
    return new Planned(this, after, Tensor.allocate(memory, convolution.resultShape()));
  }

  private record Planned(NormalizedConv1d op, Normalization after, Tensor output) implements Step {
    @Override
    public void forward(Kernels kernels) {
      Conv1d convolution = op.convolution;
      Storage bias = convolution.bias() == null ? null : convolution.bias().storage();
      kernels.convolution().conv1dNormalized(kernels.norm(), convolution.geometry(), convolution.x().storage(),
          convolution.weight().storage(), bias, after, output.storage());
    }

    @Override
    public void backward(Kernels kernels, Tensor dOutput, BackwardPlan plan) {
      Step again = op.convolution.plan(size -> plan.temporary(Shape.of(size)).storage());
      Tensor dGamma = plan.share(op.gamma);
      Tensor dBeta = plan.share(op.beta);
      Tensor dConvolved = plan.temporary(output.shape());
      Storage dResidual = op.residual == null ? null : plan.share(op.residual).storage();
      plan.compute(() -> {
        again.forward(kernels);
        normBackward(kernels, again.output(), dOutput, dGamma, dBeta, dConvolved, dResidual);
      });
      again.backward(kernels, dConvolved, plan);
    }

    private void normBackward(Kernels kernels, Tensor convolved, Tensor dOutput, Tensor dGamma, Tensor dBeta, Tensor dConvolved,
        Storage dResidual) {
      int batch = output.dim(0);
      int length = output.dim(1);
      int channels = output.dim(2);
      kernels.norm().normalizeBackwardParameters(batch, length, channels, convolved.storage(), after.lengths(), after.mean(),
          after.variance(), op.epsilon, op.relu, output.storage(), dOutput.storage(), dGamma.storage(), dBeta.storage());
      kernels.norm().normalizeBackwardInput(batch, length, channels, convolved.storage(), after.lengths(), after.mean(),
          after.variance(), op.epsilon, after.gamma(), false, op.relu, output.storage(), dOutput.storage(), dGamma.storage(),
          dBeta.storage(), dConvolved.storage(), dResidual);
    }
  }
}
