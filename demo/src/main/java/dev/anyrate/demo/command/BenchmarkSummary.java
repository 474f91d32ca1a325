package dev.anyrate.demo.command;

import dev.anyrate.augment.series.Count;
import dev.anyrate.model.evaluate.compare.Comparison;
import dev.anyrate.model.evaluate.proof.Benchmark;
import dev.anyrate.model.evaluate.proof.Contestant;
import java.io.PrintStream;
import java.util.Locale;

/// A benchmark as a table for the terminal.
record BenchmarkSummary(Benchmark benchmark) {
  void print(PrintStream out) {
    Comparison comparison = benchmark.comparison();
    out.printf(
        "%s; accuracy in the mean over them, and the first method against each other one by Wilcoxon, corrected by Holm%n",
        Count.of(comparison.datasets().size(), "dataset"));
    out.printf("%-46s%8s%8s%8s%8s%12s%9s%n", "", "native", "worst", "overall", "rank", "w/t/l", "p");
    for (int m = 0; m < benchmark.contestants().size(); m++) {
      Contestant one = benchmark.contestants().get(m);
      out.printf(Locale.ROOT, "%-46s%8.3f%8.3f%8.3f%8.2f%12s%9s%n", one.title(), benchmark.nativeAccuracy(one),
          benchmark.worstWhole(one), comparison.mean(m), comparison.averageRanks()[m],
          m == 0 ? "" : duel(comparison.duels().get(m - 1)),
          m == 0 ? "" : String.format(Locale.ROOT, "%.3f", comparison.duels().get(m - 1).corrected()));
    }
  }

  private static String duel(Comparison.Duel duel) {
    return duel.wins() + "/" + duel.ties() + "/" + duel.losses();
  }
}
