package dev.anyrate.model.layers;

import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Convolution over time with stride 1 that keeps the length: padding is half the window.
///
/// @param weight   `[Cout, Cin, K]`, K odd
/// @param bias     `[Cout]`
/// @param dilation samples from one tap to the next
public record Conv1dLayer(Parameter weight, Parameter bias, int dilation) {
  /// @param initializer scope of this layer
  /// @param kernel      taps, odd
  public static Conv1dLayer create(Initializer initializer, int inChannels, int outChannels, int kernel, int dilation) {
    int fanIn = inChannels * kernel;
    return new Conv1dLayer(initializer.uniform("weight", Shape.of(outChannels, inChannels, kernel), fanIn),
        initializer.uniform("bias", Shape.of(outChannels), fanIn), dilation);
  }

  /// The convolution of x, yet to be run; what follows it may be part of the same pass.
  ///
  /// @param x `[B, L, Cin]`, zero behind the valid samples
  /// @return makes `[B, L, Cout]`, arbitrary behind the valid samples
  public Conv1d of(Tensor x) {
    int padding = dilation * (weight.tensor().dim(2) - 1) / 2;
    return new Conv1d(x, weight.tensor(), bias.tensor(), 1, padding, dilation, 1);
  }
}
