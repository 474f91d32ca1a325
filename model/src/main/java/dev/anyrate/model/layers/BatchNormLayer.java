package dev.anyrate.model.layers;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.BatchNormalizedConv1d;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.NormalizedConv1d;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// A convolution and the batch normalisation of its result over the valid samples, with ReLU and the sum with a shortcut, in as few passes through memory as training and
/// evaluation allow.
///
/// It is also what keeps padding out of a result: behind the valid samples its output is zero, as a convolution expects it.
///
/// @param gamma           `[C]`
/// @param beta            `[C]`
/// @param runningMean     `[C]`
/// @param runningVariance `[C]`
public record BatchNormLayer(Parameter gamma, Parameter beta, Tensor runningMean, Tensor runningVariance) {
  private static final float MOMENTUM = 0.1f;
  private static final float EPSILON = 1e-5f;

  /// @param initializer scope of this layer
  public static BatchNormLayer create(Initializer initializer, int channels) {
    Shape shape = Shape.of(channels);
    return new BatchNormLayer(initializer.constant("gamma", shape, 1), initializer.constant("beta", shape, 0),
        initializer.statistic("running_mean", shape, 0), initializer.statistic("running_variance", shape, 1));
  }

  /// ReLU of the normalised result of a convolution.
  ///
  /// @param convolution makes `[B, L, C]`
  /// @param lengths     `[B]`
  public Tensor relu(Execution execution, Conv1d convolution, Tensor lengths) {
    return run(execution, convolution, lengths, null);
  }

  /// ReLU of the normalised result of a convolution plus the shortcut.
  ///
  /// @param shortcut `[B, L, C]`
  public Tensor addRelu(Execution execution, Conv1d convolution, Tensor lengths, Tensor shortcut) {
    return run(execution, convolution, lengths, shortcut);
  }

  private Tensor run(Execution execution, Conv1d convolution, Tensor lengths, Tensor shortcut) {
    var normalized = new NormalizedConv1d(convolution, lengths, gamma.tensor(), beta.tensor(), runningMean, runningVariance,
        shortcut, true, EPSILON);
    return execution.run(execution.training() ? new BatchNormalizedConv1d(normalized, MOMENTUM) : normalized);
  }
}
