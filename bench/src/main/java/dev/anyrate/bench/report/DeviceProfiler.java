package dev.anyrate.bench.report;

import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.engine.kernel.BytesMoved;
import dev.anyrate.engine.kernel.KernelTimes;
import dev.anyrate.engine.kernel.Kernels;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/// Adds to each result what a call moved to and from the device and how long the device computed. Runs in the JVM that measures; the engine there is that of its [EngineBenchmark].
public final class DeviceProfiler implements InternalProfiler {
  static final String TO_DEVICE = "device.to";
  static final String FROM_DEVICE = "device.from";
  static final String LAUNCHES = "device.launches";
  static final String BUSY = "device.busy";

  private BytesMoved moved = BytesMoved.NONE;
  private KernelTimes times = KernelTimes.NONE;

  /// For JMH.
  public DeviceProfiler() {}

  @Override
  public String getDescription() {
    return "Bytes moved to and from a device, launches of its kernels and the time they take";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    EngineBenchmark.measured().ifPresent(kernels -> {
      moved = kernels.bytesMoved();
      times = kernels.kernelTimes();
    });
  }

  @Override
  public Collection<ScalarResult> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return EngineBenchmark.measured().map(kernels -> results(kernels, result.getMetadata().getAllOps())).orElse(List.of());
  }

  private List<ScalarResult> results(Kernels kernels, double calls) {
    BytesMoved sinceThen = kernels.bytesMoved().since(moved);
    KernelTimes taken = kernels.kernelTimes().since(times);
    return List.of(result(TO_DEVICE, sinceThen.toDevice() / calls, "B"), result(FROM_DEVICE, sinceThen.fromDevice() / calls, "B"),
        result(LAUNCHES, taken.launches() / calls, "launches"), result(BUSY, taken.nanoseconds() / calls, "ns"));
  }

  private static ScalarResult result(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }
}
