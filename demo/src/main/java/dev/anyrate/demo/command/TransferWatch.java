package dev.anyrate.demo.command;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.model.train.TrainingListener;
import java.util.Optional;

/// Hands everything on to another listener, and finds out how much a training step moves between host and device.
final class TransferWatch implements TrainingListener {
  private final Engine engine;
  private final TrainingListener next;
  private BytesMoved before;
  private BytesMoved byStep;

  TransferWatch(Engine engine, TrainingListener next) {
    this.engine = engine;
    this.next = next;
  }

  /// Between two steps there may be a checkpoint, so the step that moves least tells.
  @Override
  public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
    BytesMoved now = engine.kernels().bytesMoved();
    if (before != null) {
      BytesMoved moved = now.since(before);
      if (byStep == null || moved.fromDevice() < byStep.fromDevice()) byStep = moved;
    }
    before = now;
    next.step(epoch, batch, batchesPerEpoch, pairs, loss);
  }

  @Override
  public void epoch(int epoch, double loss, double chance, double seconds) {
    next.epoch(epoch, loss, chance, seconds);
  }

  @Override
  public void warning(String message) {
    next.warning(message);
  }

  /// One line; nothing where everything is on the heap, or no two steps were made.
  Optional<String> summary() {
    if (byStep == null || byStep.equals(BytesMoved.NONE)) return Optional.empty();
    BytesMoved all = engine.kernels().bytesMoved();
    return Optional.of(String.format("moved by a training step: %,d bytes to the device, %,d back; by the whole run: %,d and %,d",
        byStep.toDevice(), byStep.fromDevice(), all.toDevice(), all.fromDevice()));
  }
}
