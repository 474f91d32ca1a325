package dev.anyrate.bench.report;

import dev.anyrate.bench.Work.Unit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The table of results, as Markdown.
public final class ResultTable {
  private static final String THREADS = "threads";

  private ResultTable() {}

  /// The two lines above the rows.
  public static String head() {
    return """
        | benchmark | parameters | time | rate | of peak | series/s | allocated a call | spread |
        |---|---|--:|--:|--:|--:|--:|--:|""";
  }

  /// One row.
  public static String row(Outcome outcome, Peak peak) {
    String unit = outcome.work().unit() == Unit.FLOP ? "GFLOP/s" : "GB/s";
    String series = outcome.work().series() == 0 ? "" : "%,.0f".formatted(outcome.work().series() / outcome.seconds());
    return "| %s | %s | %s | %.1f %s | %.2f | %s | %,.0f B | %.0f %% |".formatted(outcome.benchmark().replace("Benchmark", ""),
        outcome.parameterText(), time(outcome.seconds()), outcome.rate() * 1e-9, unit, outcome.share(peak), series,
        outcome.bytesPerCall(), outcome.spread() * 100);
  }

  /// The two lines above the rows of what calls do with a device.
  public static String deviceHead() {
    return """
        | benchmark | parameters | to the device | back | launches | device busy |
        |---|---|--:|--:|--:|--:|""";
  }

  /// What a call does with a device; empty if it uses none.
  public static Optional<String> deviceRow(Outcome outcome) {
    return outcome.device().map(use -> "| %s | %s | %,.0f B | %,.0f B | %,.0f | %s, %.1f %% |".formatted(
        outcome.benchmark().replace("Benchmark", ""), outcome.parameterText(), use.bytesToDevice(), use.bytesFromDevice(),
        use.launches(), time(use.busySeconds()), 100 * use.busyShare()));
  }

  static String time(double seconds) {
    if (seconds < 1e-6) return "%.0f ns".formatted(seconds * 1e9);
    if (seconds < 1e-3) return "%.1f µs".formatted(seconds * 1e6);
    return "%.2f ms".formatted(seconds * 1e3);
  }

  /// How much faster two threads are than one, a line for each benchmark that was run with both.
  public static List<String> threadRatios(List<Outcome> outcomes) {
    return outcomes.stream().filter(outcome -> "2".equals(outcome.parameters().get(THREADS))).map(two -> {
      var wanted = new TreeMap<>(two.parameters());
      wanted.put(THREADS, "1");
      return outcomes.stream().filter(one -> one.benchmark().equals(two.benchmark()) && one.parameters().equals(wanted))
          .findFirst()
          .map(one -> "two threads against one, %s: %.2f times as fast".formatted(without(two), one.seconds() / two.seconds()))
          .orElse(null);
    }).filter(Objects::nonNull).toList();
  }

  private static String without(Outcome outcome) {
    Map<String, String> others = new TreeMap<>(outcome.parameters());
    others.remove(THREADS);
    return outcome.benchmark() + " " + others;
  }
}
