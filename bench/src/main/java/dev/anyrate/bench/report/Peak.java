package dev.anyrate.bench.report;

import dev.anyrate.bench.Work.Unit;
import dev.anyrate.engine.kernel.opencl.DevicePeak;
import java.util.List;
import java.util.Optional;

/// What one core can do at best, and the device if there are benchmarks on one, measured in this run.
///
/// @param flops  FLOP/s of fused multiply-adds on registers
/// @param bytes  byte/s between memory and the core
/// @param device of the backend `opencl`
public record Peak(double flops, double bytes, Optional<DevicePeak> device) {
  /// Of the benchmarks in package `peak`.
  static final String PATTERN = "\\.bench\\.peak\\.";

  /// Without a device.
  public Peak(double flops, double bytes) {
    this(flops, bytes, Optional.empty());
  }

  /// The best that the peak benchmarks reached.
  public static Peak of(List<Outcome> outcomes) {
    return new Peak(best(outcomes, Unit.FLOP), best(outcomes, Unit.BYTE));
  }

  private static double best(List<Outcome> outcomes, Unit unit) {
    return outcomes.stream().filter(outcome -> outcome.work().unit() == unit)
        .mapToDouble(outcome -> outcome.work().amount() / outcome.bestSeconds()).max().orElseThrow();
  }

  /// The higher of two measurements: a core is never faster than itself, but may be disturbed.
  public Peak orHigher(Peak other) {
    return new Peak(Math.max(flops, other.flops), Math.max(bytes, other.bytes), device.flatMap(one -> other.device
        .map(two -> new DevicePeak(one.device(), Math.max(one.flops(), two.flops()), Math.max(one.bytes(), two.bytes())))));
  }

  /// The same core with a device beside it.
  Peak with(DevicePeak measured) {
    return new Peak(flops, bytes, Optional.of(measured));
  }

  /// FLOP/s or byte/s of what ran a benchmark.
  double of(Outcome outcome) {
    boolean onDevice = outcome.device().isPresent();
    return switch (outcome.work().unit()) {
      case FLOP -> onDevice ? device.orElseThrow().flops() : flops;
      case BYTE -> onDevice ? device.orElseThrow().bytes() : bytes;
    };
  }

  @Override
  public String toString() {
    return "peak of one core: %.1f GFLOP/s (FMA), %.1f GB/s (copy or triad)".formatted(flops * 1e-9, bytes * 1e-9)
        + device.map(it -> "; of the device %s: %.1f GFLOP/s (FMA), %.1f GB/s (copy)".formatted(it.device(), it.flops() * 1e-9,
            it.bytes() * 1e-9)).orElse("");
  }
}
