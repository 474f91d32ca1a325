package dev.anyrate.bench.peers;

import java.util.Arrays;
import java.util.stream.Collectors;

/// One row of the comparison, as Markdown.
record PeerTable(Workload workload, Turns turns) {
  static String head() {
    String titles = Arrays.stream(Side.values()).map(Side::title).collect(Collectors.joining(" | "));
    return "| work | %s | against libtorch | against libtorch with jemalloc | against jblas | share of peak | spread |\n|---|%s"
        .formatted(titles, "--:|".repeat(Side.values().length + 5));
  }

  String row() {
    String times = Arrays.stream(Side.values()).map(this::time).collect(Collectors.joining(" | "));
    String spreads = turns.seconds().keySet().stream().map(side -> "%.0f".formatted(100 * turns.spread(side)))
        .collect(Collectors.joining(", ", "", " %"));
    return "| %s | %s | %s | %s | %s | %s | %s |".formatted(workload.title(), times, ratio(Side.LIBTORCH), ratio(Side.LIBTORCH_JEMALLOC),
        ratio(Side.JBLAS), shares(), spreads);
  }

  private String time(Side side) {
    if (!turns.has(side)) return "";
    double seconds = turns.median(side);
    return seconds < 1e-3 ? "%.1f µs".formatted(seconds * 1e6) : "%.2f ms".formatted(seconds * 1e3);
  }

  private String ratio(Side other) {
    return turns.has(Side.ANYRATE) && turns.has(other) ? "%.2f ×".formatted(turns.ratio(other)) : "";
  }

  /// Ours, then that of each other side.
  private String shares() {
    return turns.seconds().keySet().stream()
        .map(side -> "%.2f".formatted(workload.work().amount() / turns.median(side) / turns.peak())).collect(Collectors.joining(", "));
  }
}
