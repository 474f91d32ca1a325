package dev.anyrate.model.train;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// What the host hears of a training step, in one number: reading back is what makes it wait for a device.
final class WatchedLoss implements AutoCloseable {
  private final Engine engine;
  private final Tensor sum; // [1]
  private final float[] downloaded = new float[1];

  WatchedLoss(Engine engine) {
    this.engine = engine;
    this.sum = engine.full(Shape.of(1), 0);
  }

  /// loss + 0·norm: the loss, bit for bit, where the norm is finite, and NaN where it is not.
  ///
  /// @param loss one element
  /// @param norm of the gradients, one element
  double read(Tensor loss, Tensor norm) {
    engine.kernels().transfer().copy(loss.storage(), sum.storage());
    engine.kernels().elementwise().addScaled(1, 0, norm.storage(), sum.storage());
    engine.kernels().transfer().download(sum.storage(), downloaded, 0);
    return downloaded[0];
  }

  @Override
  public void close() {
    sum.storage().close();
  }
}
