package dev.anyrate.demo.page;

import static dev.anyrate.demo.page.Wording.text;
import static dev.anyrate.demo.page.Wording.three;

import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.report.Facts;
import dev.anyrate.demo.report.Prose;
import dev.anyrate.demo.report.ReportPage;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.Table;
import dev.anyrate.demo.report.figure.AccuracyByRate;
import dev.anyrate.demo.report.figure.CosineDistribution;
import dev.anyrate.demo.report.figure.SimilarityByRate;
import dev.anyrate.demo.report.figure.TrainingCurve;
import dev.anyrate.demo.report.figure.TrainingHealth;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.Separation;
import dev.anyrate.model.evaluate.proof.Measure;
import dev.anyrate.model.evaluate.proof.Method;
import dev.anyrate.model.evaluate.proof.ProofReport;
import dev.anyrate.model.evaluate.proof.Requirement;
import dev.anyrate.model.evaluate.proof.Sensor;
import dev.anyrate.model.evaluate.proof.TestView;
import dev.anyrate.model.train.Checkup;
import dev.anyrate.model.train.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A proof as the page that people show to others.
///
/// @param report    the numbers
/// @param model     under proof
/// @param untrained the same with its first parameters
/// @param progress  of its training, if that is known
/// @param test      series that training never saw
/// @param pairs     in a training step, if that is known
/// @param remarks   on model and series, that numbers do not say
public record ProofPage(ProofReport report, ContrastiveModel model, ContrastiveModel untrained, Optional<Progress> progress,
    TimeSeriesSet test, Optional<Integer> pairs, List<String> remarks) {
  private static final List<TestView> SHOWN = List.of(new TestView(RateProtocol.WHOLE, Sensor.LINEAR, 0.25),
      new TestView(RateProtocol.WHOLE, Sensor.LINEAR, 4), new TestView(RateProtocol.WINDOW, Sensor.LINEAR, 2));

  /// The whole page.
  public ReportPage page() {
    var sections = new ArrayList<Section>();
    sections.add(new Prose("What this says", paragraphs()));
    sections.add(facts());
    if (!report.requirements().isEmpty()) sections.add(requirements());
    sections.add(accuracy("Accuracy by rate, probe fitted at the native rate", new ProofCurves(report.measured()).plain()));
    sections.add(accuracy("Accuracy by rate, augmented probe", new ProofCurves(report.measured()).augmented()));
    sections.add(similarity());
    cosines().ifPresent(sections::add);
    sections.add(EmbeddingPlane.figure(test, untrained::encodeUnwhitened, model::encodeUnwhitened));
    sections.add(SeriesViews.figure(test));
    progress.filter(run -> !run.losses().isEmpty()).ifPresent(run -> sections.add(training(run)));
    progress.filter(run -> run.checkups().size() > 1).ifPresent(run -> sections.add(health(run)));
    sections.addAll(new ProofTables(report).sections());
    return new ReportPage("How " + report.dataset() + " survives a change of sampling rate", subtitle(), sections,
        Footer.of(Footer.java(), model.contract()));
  }

  private String subtitle() {
    return text("%d training and %d test series, %s, %d classes; embeddings of %s; %s", report.train(), report.test(),
        Count.of(report.channels(), "channel"), report.classes(), Count.of(report.embedding(), "number"),
        Count.of(report.options().seeds().size(), "seed"));
  }

  private List<String> paragraphs() {
    var paragraphs = new ArrayList<>(new ProofVerdict(report).paragraphs());
    remarks.forEach(remark -> paragraphs.add("Note: " + remark + "."));
    return paragraphs;
  }

  private Facts facts() {
    var facts = new ArrayList<Facts.Fact>();
    add(facts, Measure.ACCURACY, TestView.NATIVE, "accuracy at the native rate");
    add(facts, Measure.PROBE_AUGMENTED, SHOWN.get(0), "accuracy at a quarter of the rate, augmented probe");
    add(facts, Measure.PROBE_AUGMENTED, SHOWN.get(2), "accuracy in a window at twice the rate, augmented probe");
    add(facts, Measure.AUROC, SHOWN.get(0), "AUROC of own against other at a quarter of the rate");
    add(facts, Measure.RETRIEVAL_AT_1, SHOWN.get(0), "series found again at a quarter of the rate");
    add(facts, Measure.EFFECTIVE_RANK, TestView.NATIVE, "effective rank");
    return new Facts("In short", facts);
  }

  private void add(List<Facts.Fact> facts, Measure measure, TestView view, String name) {
    report.measured().mean(Method.TRAINED, measure, view)
        .ifPresent(value -> facts.add(new Facts.Fact(text(value >= 10 ? "%.0f" : "%.2f", value), name)));
  }

  private Table requirements() {
    var rows = new ArrayList<Table.Row>();
    for (Requirement.Outcome outcome : report.requirements()) {
      rows.add(new Table.Row(outcome.requirement().text(), List.of(three(outcome.value()), three(outcome.limit()),
          outcome.holds() ? "holds" : "fails")));
    }
    return new Table("What was required", "Mean over seeds of the trained encoder; without a rate, at the native one",
        List.of("requirement", "found", "limit", "result"), rows);
  }

  private Section accuracy(String title, ProofCurves.Methods methods) {
    return AccuracyByRate.figure(title, methods.caption(), List.of(new AccuracyByRate.Panel("whole series", methods.whole()),
        new AccuracyByRate.Panel("window of native length", methods.window())), 1.0 / report.classes());
  }

  private Section similarity() {
    var curves = new ProofCurves(report.measured());
    return SimilarityByRate.figure(List.of(
        new SimilarityByRate.Panel("whole series", curves.similarity(RateProtocol.WHOLE)),
        new SimilarityByRate.Panel("window of native length", curves.similarity(RateProtocol.WINDOW))));
  }

  private Optional<Section> cosines() {
    var panels = new ArrayList<CosineDistribution.Panel>();
    for (TestView view : SHOWN) {
      Separation separation = report.separations().get(view);
      if (separation == null) continue;
      panels
          .add(new CosineDistribution.Panel(ProofVerdict.words(view), separation.own(), separation.other(), separation.auroc()));
    }
    return panels.isEmpty() ? Optional.empty() : Optional.of(CosineDistribution.figure(panels));
  }

  private Section training(Progress run) {
    return TrainingCurve.figure(run.losses().stream().mapToDouble(Double::doubleValue).toArray(), pairs.orElse(2));
  }

  private static Section health(Progress run) {
    return TrainingHealth.figure(run.checkups().stream().mapToDouble(Checkup::epoch).toArray(),
        run.checkups().stream().mapToDouble(Checkup::effectiveRank).toArray(),
        run.checkups().stream().mapToDouble(Checkup::rateTold).toArray(), Checkup.CHANCE);
  }
}
