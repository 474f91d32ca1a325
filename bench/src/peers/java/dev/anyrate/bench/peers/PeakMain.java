package dev.anyrate.bench.peers;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.peak.FmaPeak;
import java.io.IOException;
import java.nio.file.Path;

/// The process that measures the peak of the core, by the same loop that the benchmarks use.
final class PeakMain {
  /// Of one call.
  static final double FLOPS = new FmaPeak().work().amount();

  private PeakMain() {}

  /// @param arguments file for the result
  public static void main(String[] arguments) throws IOException {
    var peak = new FmaPeak();
    float[] sum = new float[1]; // keeps the loop alive
    PeerMain.answer(Call.of(() -> sum[0] = peak.multiplyAdd(), () -> sum), Path.of(arguments[0]));
  }
}
