package dev.anyrate.bench;

import dev.anyrate.bench.guard.Floors;
import dev.anyrate.bench.guard.SpeedGuard;
import dev.anyrate.bench.report.BenchmarkRun;
import dev.anyrate.bench.report.Machine;
import dev.anyrate.bench.report.Outcome;
import dev.anyrate.bench.report.Peak;
import dev.anyrate.bench.report.ResultFile;
import dev.anyrate.bench.report.ResultTable;
import dev.anyrate.engine.kernel.KernelProvider.Unavailable;
import dev.anyrate.engine.kernel.opencl.OpenClProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures the peak of this core, then the benchmarks, and prints one table of both. Flags of this JVM, such as `-XX:UseAVX=2`, hold for what it measures too.
@Command(name = "java -jar bench/target/benchmarks.jar", mixinStandardHelpOptions = true, sortOptions = false, description = "Measures how fast Anyrate is, as a share of what a core of this machine can do.")
public final class Benchmarks implements Callable<Integer> {
  private static final String ALL = "\\.bench\\.(kernel|data|step)\\.";

  @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "Regular expression that selects benchmarks by name, such as Matmul; all if left out.")
  private String pattern;

  @Option(names = "-p", paramLabel = "NAME=VALUE[,VALUE]", description = "Values of a parameter instead of all, as in the table, such as backend=scalar or product=SQUARE_64.")
  private Map<String, String> parameters = Map.of();

  @Option(names = "--forks", description = "JVMs for each line of the table; 3 or more for numbers to publish (default: 1).")
  private int forks;

  @Option(names = "--iterations", description = "Measured iterations in each JVM (default: 5).")
  private int iterations;

  @Option(names = "--json", paramLabel = "FILE", defaultValue = "bench/target/benchmarks.json", description = "Where the results are kept (default: ${DEFAULT-VALUE}).")
  private Path json;

  @Option(names = "--guard", description = "Measure what has a floor, and exit with 1 if something falls below it.")
  private boolean guard;

  @Option(names = "--write-floors", paramLabel = "FILE", description = "Also write floors for --guard, made from these results. With a pattern or with -p, the other lines of the file stay.")
  private Path newFloors;

  @Option(names = "--verbose", description = "Print JMH's own log.")
  private boolean verbose;

  private Benchmarks() {}

  /// Exit code 0 for success, 1 for a kernel below its floor or one that failed, 2 for wrong usage.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // tables have decimal points everywhere
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException, IOException {
    System.out.println(Machine.here());
    boolean oneThread = guard || newFloors != null || Runtime.getRuntime().availableProcessors() == 1;
    Optional<BenchmarkRun.Settings> possible = possible(
        new BenchmarkRun.Settings(parameters, forks, iterations, oneThread, verbose));
    if (possible.isEmpty()) return CommandLine.ExitCode.USAGE;
    var run = new BenchmarkRun(possible.get());
    return guard ? guard(run) : measure(run);
  }

  /// Without the rows of a device where there is none; empty if there are no others.
  private static Optional<BenchmarkRun.Settings> possible(BenchmarkRun.Settings wanted) {
    if (!wanted.onDevice() || !(new OpenClProvider().availability() instanceof Unavailable(String reason, String remedy))) {
      return Optional.of(wanted);
    }
    System.err.println("skipped: rows of the backend opencl, which cannot be used: " + reason + "; " + remedy);
    return wanted.withoutDevice();
  }

  private int measure(BenchmarkRun run) throws RunnerException, IOException {
    Peak before = run.peak();
    System.out.println(before);
    System.out.println(ResultTable.head());
    List<Outcome> outcomes = new ArrayList<>();
    for (String type : selected()) {
      for (Outcome outcome : run.run(type)) {
        System.out.println(ResultTable.row(outcome, before));
        outcomes.add(outcome);
      }
    }
    Peak after = run.peak();
    Peak peak = before.orHigher(after);
    System.out.println("at the end: " + after);
    List<String> onDevice = outcomes.stream().map(ResultTable::deviceRow).flatMap(Optional::stream).toList();
    if (!onDevice.isEmpty()) {
      System.out.println("\nA call with the device:\n" + ResultTable.deviceHead());
      onDevice.forEach(System.out::println);
    }
    ResultTable.threadRatios(outcomes).forEach(System.out::println);
    new ResultFile(Machine.here(), peak, outcomes).write(json);
    if (newFloors != null) writeFloors(Floors.below(outcomes, peak));
    return CommandLine.ExitCode.OK;
  }

  /// Class names of the benchmarks to measure; with floors only those that can have one.
  private SortedSet<String> selected() {
    SortedSet<String> selected = BenchmarkRun.find(pattern == null ? ALL : pattern);
    if (newFloors != null) selected.retainAll(BenchmarkRun.find(SpeedGuard.PATTERN));
    return selected;
  }

  private void writeFloors(Floors reached) throws IOException {
    boolean some = pattern != null || !parameters.isEmpty();
    Floors floors = some && Files.exists(newFloors) ? Floors.read(newFloors).with(reached) : reached;
    floors.write(newFloors, Machine.here().toString());
  }

  private static int guard(BenchmarkRun run) throws RunnerException {
    int vectorBits = Machine.here().vectorBits();
    Optional<Floors> floors = Floors.bundled(vectorBits);
    if (floors.isEmpty()) {
      System.err.printf(
          "guard: nobody has measured floors for vectors of %d bits; make them with --write-floors floors-%1$d.txt%n",
          vectorBits);
      return CommandLine.ExitCode.USAGE;
    }
    List<String> failures = new SpeedGuard(run, floors.get()).failures();
    failures.forEach(failure -> System.err.println("guard: " + failure));
    System.out.println(failures.isEmpty() ? "guard: every kernel is above its floor" : "guard: " + failures.size() + " too slow");
    return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
