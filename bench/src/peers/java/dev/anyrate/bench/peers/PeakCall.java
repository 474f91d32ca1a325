package dev.anyrate.bench.peers;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.peak.FmaPeak;

/// The peak of the core, by the same loop that the benchmarks use.
public final class PeakCall {
  /// Of one call.
  static final double FLOPS = new FmaPeak().work().amount();

  private PeakCall() {}

  /// The loop.
  public static Call prepare() {
    var peak = new FmaPeak();
    float[] sum = new float[1]; // keeps the loop alive
    return Call.of(() -> sum[0] = peak.multiplyAdd(), () -> sum);
  }
}
