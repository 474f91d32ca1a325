package dev.anyrate.bench.guard;

import dev.anyrate.bench.report.Measurements;
import dev.anyrate.bench.report.Outcome;
import dev.anyrate.bench.report.Peak;
import dev.anyrate.bench.report.ResultTable;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/// Measures every kernel that has a floor, and names those that fall below it.
///
/// A machine that does something else beside may slow down a single measurement, but not three at different times: what falls below is measured again, with the peak of that
/// time, and only what never reaches its floor is a failure.
public record SpeedGuard(Measurements run, Floors floors) {
  /// What is guarded: single kernels, and a training step on one thread.
  public static final String PATTERN = "\\.bench\\.(kernel|step)\\.";

  private static final int ATTEMPTS = 3;

  /// Measures.
  ///
  /// @return a line for each kernel below its floor, and for each floor without a kernel; empty if all is well
  /// @throws RunnerException if JMH fails, or a kernel computes something wrong
  public List<String> failures() throws RunnerException {
    Set<String> open = new TreeSet<>(floors.byName().keySet());
    SortedMap<String, String> failures = new TreeMap<>(); // by name
    for (int attempt = 1; attempt <= ATTEMPTS && !open.isEmpty(); attempt++) {
      Peak peak = run.peak();
      System.out.println(peak);
      System.out.println(ResultTable.head());
      Set<String> missing = new TreeSet<>(open);
      for (String type : typesOf(open)) {
        for (Outcome outcome : run.run(type)) {
          if (!open.contains(outcome.name())) continue;
          missing.remove(outcome.name());
          System.out.println(ResultTable.row(outcome, peak));
          double floor = floors.byName().get(outcome.name());
          if (outcome.share(peak) >= floor) {
            failures.remove(outcome.name());
            open.remove(outcome.name());
          } else {
            failures.put(outcome.name(), "%s: %.3f of peak, floor %.3f".formatted(outcome.name(), outcome.share(peak), floor));
          }
        }
      }
      missing.forEach(name -> failures.put(name, name + ": has a floor, but there is no such benchmark; write the floors anew"));
      open.removeAll(missing);
    }
    return List.copyOf(failures.values());
  }

  private static Set<String> typesOf(Set<String> names) {
    return names.stream().map(name -> "dev.anyrate.bench." + name.split(" ", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
