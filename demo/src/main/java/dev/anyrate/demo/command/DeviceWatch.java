package dev.anyrate.demo.command;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.model.train.TrainingListener;
import java.util.Locale;
import java.util.Optional;

/// Hands everything on to another listener, and finds out what a training step moves between host and device, and how much of its time the device computes.
final class DeviceWatch implements TrainingListener {
  private final Engine engine;
  private final TrainingListener next;
  private Reading last; // null before the first step
  private BytesMoved byStep; // of a step without a checkpoint; null before the second step
  private long steps; // that moved so much
  private long nanoseconds; // of these steps
  private long busyNanoseconds;
  private long launches;

  private record Reading(BytesMoved moved, KernelTimes times, long nanoseconds) {
    static Reading of(Kernels kernels) {
      return new Reading(kernels.bytesMoved(), kernels.kernelTimes(), System.nanoTime());
    }
  }

  DeviceWatch(Engine engine, TrainingListener next) {
    this.engine = engine;
    this.next = next;
  }

  @Override
  public void begun() {
    next.begun();
  }

  @Override
  public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
    Reading now = Reading.of(engine.kernels());
    if (last != null) count(last, now);
    last = now;
    next.step(epoch, batch, batchesPerEpoch, pairs, loss);
  }

  /// Between two steps there may be a checkpoint, so the steps that bring least back tell.
  private void count(Reading before, Reading after) {
    BytesMoved moved = after.moved.since(before.moved);
    if (byStep == null || moved.fromDevice() < byStep.fromDevice()) {
      byStep = moved;
      steps = nanoseconds = busyNanoseconds = launches = 0;
    }
    if (moved.fromDevice() > byStep.fromDevice()) return;
    KernelTimes times = after.times.since(before.times);
    steps++;
    nanoseconds += after.nanoseconds - before.nanoseconds;
    busyNanoseconds += times.nanoseconds();
    launches += times.launches();
  }

  /// Its checkpoint is written: the next step begins here.
  @Override
  public void epoch(int epoch, double loss, double chance, double seconds) {
    next.epoch(epoch, loss, chance, seconds);
    last = Reading.of(engine.kernels());
  }

  @Override
  public void warning(String message) {
    next.warning(message);
  }

  /// One line; nothing where everything is on the heap, or no two steps were made.
  Optional<String> summary() {
    if (byStep == null || byStep.equals(BytesMoved.NONE)) return Optional.empty();
    BytesMoved all = engine.kernels().bytesMoved();
    return Optional.of(String.format(Locale.ROOT,
        "moved by a training step: %,d bytes to the device, %,d back; by the whole run: %,d and %,d; "
            + "device busy %.1f %% of the time of a step, %.2f of %.2f ms, with %d launches",
        byStep.toDevice(), byStep.fromDevice(), all.toDevice(), all.fromDevice(), 100.0 * busyNanoseconds / nanoseconds,
        busyNanoseconds * 1e-6 / steps, nanoseconds * 1e-6 / steps, launches / steps));
  }
}
