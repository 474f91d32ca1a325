package dev.anyrate.demo.command;

import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.RateResult;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/// An evaluation as a table for the terminal.
record RateSummary(EvaluationReport report) {
  void print(PrintStream out) {
    out.printf("%s: %d train, %d test, %d classes; accuracy, cosine with itself / with others, and retrieval by rate%n",
        report.dataset(),
        report.train(), report.test(), report.classes());
    out.printf("%-8s %28s   %28s   %28s   %8s %8s%n", "whole", "trained", "untrained", "trained, window", "raw LR", "1-NN");
    out.printf("%-8s %28s   %28s   %28s%n", "rate", heads(), heads(), heads());
    for (String rate : report.ours().whole().keySet()) {
      out.printf(Locale.ROOT, "%-8s %28s   %28s   %28s   %8.3f %8.3f%n", rate, cells(report.ours().whole(), rate),
          cells(report.baselines().untrained().whole(), rate), cells(report.ours().window(), rate),
          report.baselines().rawLr().whole().get(rate).accuracy(), report.baselines().euclid1nn().whole().get(rate).accuracy());
    }
  }

  private static String heads() {
    return String.format("%6s %6s %6s %6s", "acc", "self", "other", "found");
  }

  private static String cells(Map<String, RateResult> results, String rate) {
    RateResult result = results.get(rate);
    return String.format(Locale.ROOT, "%6.3f %6.3f %6.3f %6.3f", result.accuracy(), result.cosSame(), result.cosOther(),
        result.retrievalAt1());
  }
}
