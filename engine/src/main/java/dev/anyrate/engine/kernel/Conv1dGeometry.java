package dev.anyrate.engine.kernel;

import dev.anyrate.engine.tensor.ShapeMismatch;

/// Sizes of a one-dimensional convolution. No sample of the padded input is beyond an `int`, nor any window.
///
/// @param batch       series, B
/// @param length      samples of the input, L
/// @param inChannels  channels of the input
/// @param outChannels channels of the result
/// @param kernel      taps, K
/// @param stride      samples from one window to the next
/// @param padding     zeros on each side of the input
/// @param dilation    samples from one tap to the next
/// @param groups      groups of channels that do not mix
public record Conv1dGeometry(int batch, int length, int inChannels, int outChannels, int kernel, int stride, int padding,
    int dilation, int groups) {
  public Conv1dGeometry {
    ShapeMismatch.check(kernel >= 1 && stride >= 1 && dilation >= 1 && groups >= 1 && padding >= 0, "conv1d",
        "kernel, stride, dilation and groups must be at least 1, padding at least 0", "kernel", kernel, "stride", stride,
        "padding",
        padding, "dilation", dilation, "groups", groups);
    ShapeMismatch.check(inChannels % groups == 0 && outChannels % groups == 0, "conv1d", "groups must divide both channel counts",
        "input channels", inChannels, "output channels", outChannels, "groups", groups);
    ShapeMismatch.check(length + 2L * padding <= Integer.MAX_VALUE, "conv1d",
        "the padded input must have fewer than 2^31 samples; pad less",
        "length", length, "padding", padding);
    ShapeMismatch.check(length + 2L * padding >= dilation * (kernel - 1L) + 1, "conv1d",
        "the padded input must be at least as long as the window, dilation·(kernel − 1) + 1; pad more or give longer series",
        "length",
        length, "padding", padding, "kernel", kernel, "dilation", dilation);
  }

  /// Samples of the result: (L + 2·padding − dilation·(K − 1) − 1) / stride + 1, rounded down.
  public int outLength() {
    return outLength(length);
  }

  /// Samples of the result that come from an input of `validLength` samples; 0 where the window does not fit.
  public int outLength(int validLength) {
    long span = validLength + 2L * padding - dilation * (kernel - 1L) - 1;
    return span < 0 ? 0 : (int) (span / stride + 1);
  }

  /// Input channels that one output channel sees.
  public int groupInChannels() {
    return inChannels / groups;
  }

  /// Output channels of one group.
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /// Multiplications and additions of one pass: 2·B·Lout·Cout·(Cin/groups)·K.
  public long flops() {
    return 2L * batch * outLength() * outChannels * groupInChannels() * kernel;
  }
}
