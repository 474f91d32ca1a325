package dev.anyrate.bench.report;

import dev.anyrate.bench.Work.Unit;
import java.util.List;

/// What one core can do at best, measured in this run.
///
/// @param flops FLOP/s of fused multiply-adds on registers
/// @param bytes byte/s between memory and the core
public record Peak(double flops, double bytes) {
  /// Of the benchmarks in package `peak`.
  static final String PATTERN = "\\.bench\\.peak\\.";

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
    return new Peak(Math.max(flops, other.flops), Math.max(bytes, other.bytes));
  }

  /// FLOP/s or byte/s.
  public double of(Unit unit) {
    return switch (unit) {
      case FLOP -> flops;
      case BYTE -> bytes;
    };
  }

  @Override
  public String toString() {
    return "peak of one core: %.1f GFLOP/s (FMA), %.1f GB/s (copy or triad)".formatted(flops * 1e-9, bytes * 1e-9);
  }
}
