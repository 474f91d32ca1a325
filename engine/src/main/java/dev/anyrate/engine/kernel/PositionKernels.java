package dev.anyrate.engine.kernel;

import dev.anyrate.engine.memory.Storage;

/// Where the rows of a series stand in time, after a convolution with a stride has made them from samples. `lengths` are those of the samples, see [ValidLength#ofSamples].
public interface PositionKernels {
  /// Windows of each series, at least 1: `max(1, (n + 2·padding − window)/stride + 1)`, rounded down.
  ///
  /// @param lengths Read; `[batch]`, valid samples n of each series, at least 1.
  /// @param counts  Overwritten; `[batch]`.
  void windowCounts(int batch, int window, int stride, int padding, Storage lengths, Storage counts);

  /// y = x + position, which has, for channels 2i and 2i + 1 of row t, sin and cos of the angle `2π·f_i·(t + ½)·stride/n`: the middle of the window as a
  /// share of the valid samples n. The frequencies f_i, see
  /// [PositionFrequency], rise geometrically from ¼ to 16 periods a series over the channels.
  ///
  /// @param stride  samples from one row to the next
  /// @param x       Read; `[batch, length, channels]`. May be `y`.
  /// @param lengths Read; `[batch]`, valid samples, at least 1.
  /// @param y       Overwritten.
  void addRelativePositions(int batch, int length, int channels, int stride, Storage x, Storage lengths, Storage y);
}
