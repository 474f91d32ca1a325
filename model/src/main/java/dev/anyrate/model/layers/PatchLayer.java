package dev.anyrate.model.layers;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.WindowCounts;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Cuts series into patches and maps each to a row: a convolution with a stride. The zeros on both sides are so many that patch t has its
/// middle at sample `(t + ½)·stride`.
///
/// @param weight `[H, C, patch]`
/// @param bias   `[H]`
/// @param stride samples from one patch to the next
public record PatchLayer(Parameter weight, Parameter bias, int stride) {
  /// @param initializer scope of this layer
  /// @param channels    of the series, C
  /// @param width       of a row, H
  /// @param patch       samples of a patch
  public static PatchLayer create(Initializer initializer, int channels, int width, int patch, int stride) {
    int fanIn = channels * patch;
    return new PatchLayer(initializer.uniform("weight", Shape.of(width, channels, patch), fanIn),
        initializer.uniform("bias", Shape.of(width), fanIn), stride);
  }

  /// Zeros on each side of a series.
  public static int padding(int patch, int stride) {
    return (patch - stride) / 2;
  }

  /// @param series `[B, L, C]`, zero behind the valid samples
  /// @return `[B, P, H]`
  public Tensor forward(Execution execution, Tensor series) {
    return execution.run(new Conv1d(series, weight.tensor(), bias.tensor(), stride, padding(patch(), stride), 1, 1));
  }

  /// Patches of each series, at least 1.
  ///
  /// @param lengths `[B]`, valid samples
  /// @return `[B]`
  public Tensor counts(Execution execution, Tensor lengths) {
    return execution.run(new WindowCounts(lengths, patch(), stride, padding(patch(), stride)));
  }

  private int patch() {
    return weight.tensor().dim(2);
  }
}
