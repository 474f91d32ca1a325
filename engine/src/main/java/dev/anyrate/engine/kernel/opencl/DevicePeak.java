package dev.anyrate.engine.kernel.opencl;

import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.Storage;

/// What a device can do at best, with all of its compute units: what shares of its peak refer to.
///
/// @param device its name
/// @param flops  FLOP/s of fused multiply-adds on registers: `peak.cl`
/// @param bytes  byte/s of copies in its memory, read and written
public record DevicePeak(String device, double flops, double bytes) {
  private static final int SUMS = 12; // as in peak.cl
  /// Tiles for each compute unit: several waves of work, also where a unit runs many groups at once.
  private static final int TILES_BY_UNIT = 64;
  private static final int COPIED = 1 << 24; // floats
  private static final double LONG_ENOUGH = 0.02; // seconds: the start of a kernel is nothing beside
  private static final int ROUNDS = 5;

  /// Measures the device that [OpenClProvider] would open.
  ///
  /// @throws RuntimeException if there is none; ask [OpenClProvider#availability()] first
  public static DevicePeak measure() {
    Device device = Devices.choose(OpenClProvider.wish());
    try (OpenClKernels kernels = OpenClKernels.open(device, MemoryPolicy.POOLED)) {
      return new DevicePeak(device.description().name(), flops(kernels), bytes(kernels));
    }
  }

  private static double flops(OpenClKernels kernels) {
    Tuning tuning = kernels.queue().tuning(Family.PEAK);
    int tiles = TILES_BY_UNIT * kernels.context().device().description().computeUnits();
    int items = tiles * tuning.tileItems();
    int lanes = tuning.localTiles() ? 1 : tuning.vectorLanes();
    try (Storage y = kernels.memory().allocate(items)) {
      return rate(2.0 * SUMS * lanes * items, kernels, count -> kernels.queue().launch(Family.PEAK, "multiplyAdd").with(count)
          .with(0.999f).with(0.001f).with(y).overTiles(tiles, 1, 1));
    }
  }

  private static double bytes(OpenClKernels kernels) {
    try (Storage a = kernels.memory().allocate(COPIED); Storage b = kernels.memory().allocate(COPIED)) {
      kernels.transfer().fill(a, 1);
      kernels.transfer().fill(b, 2);
      return rate(2.0 * COPIED * Float.BYTES, kernels, count -> {
        for (int i = 0; i < count; i++) kernels.transfer().copy(a, b);
      });
    }
  }

  /// Work that is done so often one after the other.
  private interface Repeated {
    void run(int count);
  }

  /// The best of some runs, each long enough to be timed. That is asked of the shortest: a disturbance makes any other one long.
  ///
  /// @param amount of work for each repetition
  private static double rate(double amount, OpenClKernels kernels, Repeated work) {
    work.run(1); // its first run may compile it
    int count = 1;
    double best = shortest(kernels, work, count);
    while (best < LONG_ENOUGH) {
      count *= 2;
      best = shortest(kernels, work, count);
    }
    return amount * count / best;
  }

  private static double shortest(OpenClKernels kernels, Repeated work, int count) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) best = Math.min(best, seconds(kernels, work, count));
    return best;
  }

  private static double seconds(OpenClKernels kernels, Repeated work, int count) {
    kernels.await();
    long start = System.nanoTime();
    work.run(count);
    kernels.await();
    return (System.nanoTime() - start) * 1e-9;
  }
}
