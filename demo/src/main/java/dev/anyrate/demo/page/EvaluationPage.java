package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.text;

import dev.anyrate.augment.series.Count;
import dev.anyrate.demo.report.Facts;
import dev.anyrate.demo.report.Prose;
import dev.anyrate.demo.report.ReportPage;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.figure.AccuracyByRate;
import dev.anyrate.demo.report.figure.RateCurve;
import dev.anyrate.demo.report.figure.RateTable;
import dev.anyrate.demo.report.figure.SimilarityByRate;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.evaluate.BaselineResult;
import dev.anyrate.model.evaluate.ByProtocol;
import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.RateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The report of one evaluation as a page.
///
/// @param report   the numbers
/// @param contract of the model that they are of
public record EvaluationPage(EvaluationReport report, Optional<RateContract> contract) {
  /// The whole page.
  public ReportPage page() {
    return new ReportPage("How " + report.dataset() + " survives a change of sampling rate", subtitle(), sections(), footer());
  }

  /// What was measured, on what.
  String subtitle() {
    return text("%d training and %d test series, %s, %d classes; embeddings of %s, probe trained at the native rate",
        report.train(), report.test(), Count.of(report.channels(), "channel"), report.classes(),
        Count.of(report.embedding(), "number"));
  }

  /// Program, machine and model.
  String footer() {
    return Footer.of("backend " + report.backend() + ", " + Footer.java(), contract);
  }

  /// Verdict, key numbers, accuracy, similarity, tables.
  List<Section> sections() {
    return List.of(new Prose("What this says", new Verdict(report).paragraphs()), facts(), accuracy(), similarity(),
        table("Accuracy, whole series", RateProtocol.WHOLE), table("Accuracy, window of native length", RateProtocol.WINDOW),
        RateTable.of("Retrieval, whole series", "Share of resampled series whose nearest native embedding is their own",
            retrieval()));
  }

  private Facts facts() {
    Map<String, RateResult> whole = report.ours().whole();
    double lowest = whole.values().stream().mapToDouble(RateResult::accuracy).min().orElse(Double.NaN);
    var facts = new ArrayList<Facts.Fact>();
    RateResult home = whole.get("1");
    if (home != null) facts.add(new Facts.Fact(text("%.2f", home.accuracy()), "accuracy at the native rate"));
    facts.add(new Facts.Fact(text("%.2f", lowest), "accuracy of whole series at the worst rate"));
    RateResult quarter = whole.get("0.25");
    if (quarter != null)
      facts.add(
          new Facts.Fact(text("%.2f", quarter.cosSame() - quarter.cosOther()),
              "gap between own and other cosine at a quarter of the rate"));
    if (quarter != null)
      facts.add(new Facts.Fact(text("%.2f", quarter.retrievalAt1()), "series found again at a quarter of the rate"));
    return new Facts("In short", facts);
  }

  private Section accuracy() {
    return AccuracyByRate.figure(List.of(new AccuracyByRate.Panel("whole series", methods(RateProtocol.WHOLE)),
        new AccuracyByRate.Panel("window of native length", methods(RateProtocol.WINDOW))), 1.0 / report.classes());
  }

  private Section similarity() {
    return SimilarityByRate.figure(List.of(similarity("whole series", RateProtocol.WHOLE),
        similarity("window of native length", RateProtocol.WINDOW)));
  }

  private SimilarityByRate.Panel similarity(String title, RateProtocol protocol) {
    return new SimilarityByRate.Panel(title, List.of(similarity("trained", report.ours(), protocol),
        similarity("untrained", report.baselines().untrained(), protocol)));
  }

  private static SimilarityByRate.Encoder similarity(String name, ByProtocol<RateResult> results, RateProtocol protocol) {
    return new SimilarityByRate.Encoder(name, curve(name + ", own", results.under(protocol), RateResult::cosSame),
        curve(name + ", other", results.under(protocol), RateResult::cosOther));
  }

  private Section table(String title, RateProtocol protocol) {
    return RateTable.of(title, "Share of test series that the probe classifies correctly, by rate", methods(protocol));
  }

  private List<RateCurve> methods(RateProtocol protocol) {
    EvaluationReport.Baselines baselines = report.baselines();
    return List.of(curve("trained", report.ours().under(protocol), RateResult::accuracy),
        curve("trained, augmented probe", report.ours().under(protocol), RateResult::probeAugmented),
        curve("untrained", baselines.untrained().under(protocol), RateResult::accuracy),
        curve("raw values, logistic regression", baselines.rawLr().under(protocol), BaselineResult::accuracy),
        curve("raw values, 1-NN", baselines.euclid1nn().under(protocol), BaselineResult::accuracy));
  }

  private List<RateCurve> retrieval() {
    return List.of(curve("trained", report.ours().whole(), RateResult::retrievalAt1),
        curve("untrained", report.baselines().untrained().whole(), RateResult::retrievalAt1));
  }

  private static <R> RateCurve curve(String name, Map<String, R> results, ToDoubleFunction<R> value) {
    double[] rates = results.keySet().stream().mapToDouble(Double::parseDouble).toArray();
    return RateCurve.of(name, rates, results.values().stream().mapToDouble(value).toArray());
  }
}
