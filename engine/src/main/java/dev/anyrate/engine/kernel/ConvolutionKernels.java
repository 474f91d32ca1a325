package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// One-dimensional convolution over time (cross-correlation, as PyTorch's `Conv1d`) on channels-last activations.
///
/// With k the tap, c the input channel within the group of output channel o, and x zero outside of its length:
///
/// `y[b, t, o] = bias[o] + Σ_k Σ_c x[b, t·stride + k·dilation − padding, group(o)·Cin/groups + c] · weight[o, c, k]`
///
/// Shapes: x `[B, L, Cin]`, y `[B, Lout, Cout]`, weight `[Cout, Cin/groups, K]` (PyTorch's layout, as checkpoints have it), bias `[Cout]`.
public interface ConvolutionKernels {
  /// The formula above.
  ///
  /// @param x      Read.
  /// @param weight Read.
  /// @param bias   Read; null for none.
  /// @param y      Overwritten.
  void conv1d(Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Storage y);

  /// y = activation((conv1d(x) − mean)/√(variance + epsilon)·gamma + beta + residual), and 0 behind the valid samples of a series: [#conv1d], then
  /// [NormKernels#normalize], which this default calls one after the other. A backend does better that normalises a result before it leaves the cache.
  ///
  /// @param norm   of the same backend
  /// @param x      Read.
  /// @param weight Read.
  /// @param bias   Read; null for none.
  /// @param after  the second step, on results
  /// @param y      Overwritten.
  default void conv1dNormalized(NormKernels norm, Conv1dGeometry geometry, Storage x, Storage weight, Storage bias,
      Normalization after, Storage y) {
    conv1d(geometry, x, weight, bias, y);
    norm.normalize(geometry.batch(), geometry.outLength(), geometry.outChannels(), y, after.lengths(), after.mean(),
        after.variance(), after.epsilon(), after.gamma(), after.beta(), after.residual(), after.relu(), y);
  }

  /// y = conv1d(x), and the mean and biased variance of each channel of y over all valid samples: [#conv1d], then [NormKernels#channelStatistics], which this default calls
  /// one after the other. A backend does better that takes the sums of a result before it leaves the cache.
  ///
  /// @param norm     of the same backend
  /// @param x        Read.
  /// @param weight   Read.
  /// @param bias     Read; null for none.
  /// @param lengths  Read; `[B]`, valid samples of each series of the result.
  /// @param y        Overwritten, behind the valid samples too.
  /// @param mean     Overwritten; `[Cout]`.
  /// @param variance Overwritten; `[Cout]`.
  default void conv1dMeasured(NormKernels norm, Conv1dGeometry geometry, Storage x, Storage weight, Storage bias, Storage lengths,
      Storage y, Storage mean, Storage variance) {
    conv1d(geometry, x, weight, bias, y);
    norm.channelStatistics(geometry.batch(), geometry.outLength(), geometry.outChannels(), y, lengths, mean, variance);
  }

  /// dX[b, s, c] = Σ over the (t, k, o) that read sample s of dY[b, t, o]·weight[o, c, k].
  ///
  /// @param dY     Read.
  /// @param weight Read.
  /// @param dX     Overwritten.
  void conv1dBackwardInput(Conv1dGeometry geometry, Storage dY, Storage weight, Storage dX);

  /// dWeight[o, c, k] = Σ_b Σ_t dY[b, t, o]·x[b, t·stride + k·dilation − padding, c].
  ///
  /// @param x       Read.
  /// @param dY      Read.
  /// @param dWeight Overwritten.
  void conv1dBackwardWeight(Conv1dGeometry geometry, Storage x, Storage dY, Storage dWeight);
}
