package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.capitalised;
import static dev.anyrate.demo.page.Wording.text;
import static dev.anyrate.demo.page.Wording.three;

import dev.anyrate.augment.series.Count;
import dev.anyrate.demo.report.Prose;
import dev.anyrate.demo.report.ReportPage;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.Table;
import dev.anyrate.demo.report.figure.AccuracyByRate;
import dev.anyrate.demo.report.figure.CriticalDifferences;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.evaluate.compare.Comparison;
import dev.anyrate.model.evaluate.proof.Benchmark;
import dev.anyrate.model.evaluate.proof.Contestant;
import java.util.ArrayList;
import java.util.List;

/// A benchmark over datasets as a page.
///
/// @param benchmark the numbers
/// @param seeds     trainings of each dataset
public record BenchmarkPage(Benchmark benchmark, int seeds) {
  private static final double LEVEL = 0.05; // of significance

  /// The whole page.
  public ReportPage page() {
    Comparison comparison = benchmark.comparison();
    var sections = new ArrayList<Section>();
    sections.add(new Prose("What this says", verdict(comparison)));
    sections.add(CriticalDifferences.figure(comparison.methods(), comparison.averageRanks(), comparison.groups(),
        comparison.criticalDifference()));
    sections.add(accuracy("Accuracy by rate, mean over datasets, probe fitted at the native rate", curves().plain()));
    sections.add(accuracy("Accuracy by rate, mean over datasets, augmented probe", curves().augmented()));
    sections.add(means(comparison));
    sections.add(duels(comparison));
    sections.add(byDataset(comparison));
    return new ReportPage(
        "How embeddings survive a change of sampling rate: " + Count.of(comparison.datasets().size(), "dataset"),
        "One setting for every dataset, " + Count.of(seeds, "seed") + "; accuracy of blind methods", sections,
        "anyrate " + Version.current() + ", Java " + Runtime.version().feature());
  }

  private ProofCurves curves() {
    return new ProofCurves(benchmark.overAll());
  }

  private static List<String> verdict(Comparison comparison) {
    var better = new ArrayList<String>();
    var worse = new ArrayList<String>();
    var open = new ArrayList<String>();
    for (Comparison.Duel duel : comparison.duels()) {
      List<String> group = duel.corrected() >= LEVEL ? open : duel.wins() > duel.losses() ? better : worse;
      group.add(text("%s (%d/%d/%d)", duel.opponent(), duel.wins(), duel.ties(), duel.losses()));
    }
    var paragraphs = new ArrayList<String>();
    paragraphs.add(text(
        "%s: mean accuracy %.3f over %s, all rates and both protocols; average rank %.2f of %d. In brackets: datasets won, tied and lost.",
        capitalised(comparison.methods().getFirst()), comparison.mean(0), Count.of(comparison.datasets().size(), "dataset"),
        comparison.averageRanks()[0],
        comparison.methods().size()));
    if (!better.isEmpty()) paragraphs.add("Significantly better than " + String.join(", ", better) + ".");
    if (!worse.isEmpty()) paragraphs.add("Significantly worse than " + String.join(", ", worse) + ".");
    if (!open.isEmpty()) paragraphs.add("Not to be told from " + String.join(", ", open) + " by these datasets.");
    double least = Math.min(1, Math.pow(2, 1 - comparison.datasets().size()) * comparison.duels().size());
    if (least >= LEVEL) {
      paragraphs.add(text(
          "With %s and %s, to be better everywhere gives a corrected p of %.2f: the tests can find nothing significant here. More datasets can.",
          Count.of(comparison.datasets().size(), "dataset"), Count.of(comparison.duels().size(), "opponent"), least));
    }
    return paragraphs;
  }

  private static Section accuracy(String title, ProofCurves.Methods methods) {
    return AccuracyByRate.figure(title, methods.caption(), List.of(new AccuracyByRate.Panel("whole series", methods.whole()),
        new AccuracyByRate.Panel("window of native length", methods.window())), Double.NaN);
  }

  private Table means(Comparison comparison) {
    var rows = new ArrayList<Table.Row>();
    for (int m = 0; m < benchmark.contestants().size(); m++) {
      Contestant one = benchmark.contestants().get(m);
      rows.add(new Table.Row(one.title(), List.of(three(benchmark.nativeAccuracy(one)), three(benchmark.worstWhole(one)),
          three(comparison.mean(m)), text("%.2f", comparison.averageRanks()[m]))));
    }
    return new Table("Means over datasets", "Accuracy; overall: all rates, whole series and windows; rank by overall, 1 is best",
        List.of("method", "native", "worst rate, whole", "overall", "average rank"), rows);
  }

  private static Table duels(Comparison comparison) {
    var rows = new ArrayList<Table.Row>();
    for (Comparison.Duel duel : comparison.duels()) {
      rows.add(new Table.Row(duel.opponent(), List.of(String.valueOf(duel.wins()), String.valueOf(duel.ties()),
          String.valueOf(duel.losses()), three(duel.pValue()), three(duel.corrected()))));
    }
    return new Table(capitalised(comparison.methods().getFirst()) + ", against each other method",
        "Datasets won, tied and lost by overall accuracy; Wilcoxon's signed-rank test, two-sided, exact up to 30 datasets; corrected by Holm",
        List.of("opponent", "wins", "ties", "losses", "p", "p, corrected"), rows);
  }

  private static Table byDataset(Comparison comparison) {
    var columns = new ArrayList<String>(List.of("method"));
    columns.addAll(comparison.datasets());
    var rows = new ArrayList<Table.Row>();
    for (int m = 0; m < comparison.methods().size(); m++) {
      var cells = new ArrayList<String>();
      for (double score : comparison.scores()[m]) cells.add(three(score));
      rows.add(new Table.Row(comparison.methods().get(m), cells));
    }
    return new Table("Overall accuracy by dataset", "Mean over all rates and both protocols, and over seeds", columns, rows);
  }
}
