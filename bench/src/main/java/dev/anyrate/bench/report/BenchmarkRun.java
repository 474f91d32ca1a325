package dev.anyrate.bench.report;

import dev.anyrate.bench.Work;
import dev.anyrate.engine.kernel.opencl.DevicePeak;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// Runs benchmarks by JMH, each choice of parameters in a fresh JVM, with the profiler of allocations.
///
/// @param settings how long and on what
public record BenchmarkRun(Settings settings) implements Measurements {
  private static final String PREFIX = "dev.anyrate.bench.";
  private static final String BACKEND = "backend";
  private static final String DEVICES = "opencl";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /// How long and on what to measure. 0 stands for what a benchmark says itself.
  ///
  /// @param parameters values to run with instead of all, separated by commas, by the name of the parameter
  /// @param forks      JVMs for each choice of parameters
  /// @param iterations that are measured
  /// @param oneThread  whether benchmarks that come with several counts of threads run with one only
  /// @param verbose    whether JMH reports its progress
  public record Settings(Map<String, String> parameters, int forks, int iterations, boolean oneThread, boolean verbose) {
    /// Whether anything runs on a device.
    public boolean onDevice() {
      return backends().contains(DEVICES);
    }

    private List<String> backends() {
      return List.of(parameters.getOrDefault(BACKEND, "").split(","));
    }

    /// The same without a device; empty if nothing remains.
    public Optional<Settings> withoutDevice() {
      List<String> others = backends().stream().filter(name -> !name.equals(DEVICES)).toList();
      if (others.isEmpty()) return Optional.empty();
      var remaining = new TreeMap<>(parameters);
      remaining.put(BACKEND, String.join(",", others));
      return Optional.of(new Settings(remaining, forks, iterations, oneThread, verbose));
    }
  }

  /// Class names of the benchmarks that a pattern finds.
  public static SortedSet<String> find(String pattern) {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    var classes = new TreeSet<String>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().find(silent, List.of(pattern), List.of())) {
      classes.add(entry.getUserClassQName());
    }
    return classes;
  }

  /// The peak of this core, and of the device if it is used, now.
  ///
  /// @throws RunnerException if JMH fails
  @Override
  public Peak peak() throws RunnerException {
    var outcomes = new ArrayList<Outcome>();
    for (String type : find(Peak.PATTERN)) outcomes.addAll(run(type));
    Peak core = Peak.of(outcomes);
    return settings.onDevice() ? core.with(DevicePeak.measure()) : core;
  }

  /// Runs one benchmark class with all choices of its parameters.
  ///
  /// @throws RunnerException if JMH fails, or the benchmark disagrees with its reference
  @Override
  public List<Outcome> run(String type) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder().include("^" + type.replace(".", "\\.") + "\\.").shouldFailOnError(true)
        .addProfiler(GCProfiler.class).verbosity(settings.verbose() ? VerboseMode.NORMAL : VerboseMode.SILENT);
    if (!settings.verbose()) options.output(System.getProperty("java.io.tmpdir") + "/anyrate-jmh.log"); // what forks say would stand between the rows
    if (settings.onDevice()) options.addProfiler(DeviceProfiler.class);
    settings.parameters().forEach((name, values) -> options.param(name, values.split(",")));
    if (settings.oneThread() && !settings.parameters().containsKey("threads")) options.param("threads", "1");
    if (settings.forks() > 0) options.forks(settings.forks());
    if (settings.iterations() > 0) options.measurementIterations(settings.iterations());
    return new Runner(options.build()).run().stream().map(BenchmarkRun::outcome).toList();
  }

  private static Outcome outcome(RunResult result) {
    BenchmarkParams parameters = result.getParams();
    String method = parameters.getBenchmark();
    var chosen = new TreeMap<String, String>();
    for (String name : parameters.getParamsKeys()) chosen.put(name, parameters.getParam(name));
    Work work = DeclaredWork.of(parameters);
    Statistics nanoseconds = result.getPrimaryResult().getStatistics();
    double median = nanoseconds.getPercentile(50);
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return new Outcome(method.substring(PREFIX.length(), method.lastIndexOf('.')), chosen, work, median * 1e-9,
        nanoseconds.getMin() * 1e-9, (nanoseconds.getMax() - nanoseconds.getMin()) / median,
        allocated == null ? Double.NaN : allocated.getScore(),
        DEVICES.equals(chosen.get(BACKEND)) ? DeviceUse.of(result) : Optional.empty());
  }
}
