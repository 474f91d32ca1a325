package dev.anyrate.bench.report;

import dev.anyrate.bench.Work;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was measured of one benchmark with one choice of parameters.
///
/// @param benchmark   class, its package below `dev.anyrate.bench` in front, such as `kernel.MatmulBenchmark`
/// @param parameters  by name, in the order of the names
/// @param work        of one call
/// @param seconds     for one call, median over the iterations
/// @param bestSeconds for one call, in the best iteration
/// @param spread      (slowest − fastest iteration) / median
/// @param bytesPerCall that one call allocates on the heap
/// @param device      what one call does with a device, if it uses one
public record Outcome(String benchmark, Map<String, String> parameters, Work work, double seconds, double bestSeconds,
    double spread, double bytesPerCall, Optional<DeviceUse> device) {
  /// Of a call that uses no device.
  public Outcome(String benchmark, Map<String, String> parameters, Work work, double seconds, double bestSeconds, double spread,
      double bytesPerCall) {
    this(benchmark, parameters, work, seconds, bestSeconds, spread, bytesPerCall, Optional.empty());
  }

  /// FLOP/s or byte/s.
  public double rate() {
    return work.amount() / seconds;
  }

  /// Share of what this core can do, or the device that did it.
  public double share(Peak peak) {
    return rate() / peak.of(this);
  }

  /// Parameters as one word for each.
  public String parameterText() {
    return parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(" "));
  }

  /// Benchmark and parameters: what names this outcome in tables and files.
  public String name() {
    return parameters.isEmpty() ? benchmark : benchmark + " " + parameterText();
  }
}
