package dev.anyrate.demo.page;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.report.ReportPage;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.figure.TrainingCurve;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The report of the demo: that of the evaluation, and around it the series, the training and a map of the embeddings.
///
/// @param report    the numbers
/// @param contract  of the encoder
/// @param test      series that training never saw
/// @param trained   the encoder, as the map shows it
/// @param untrained the same encoder before training
/// @param losses    mean loss of every epoch
/// @param pairs     in a training step
public record DemoPage(EvaluationReport report, Optional<RateContract> contract, TimeSeriesSet test, Embedder trained,
    Embedder untrained, List<Double> losses, int pairs) {
  /// The whole page.
  public ReportPage page() {
    var evaluation = new EvaluationPage(report, contract);
    var sections = new ArrayList<Section>(evaluation.sections().subList(0, 2));
    sections.add(SeriesViews.figure(test));
    sections.add(TrainingCurve.figure(losses.stream().mapToDouble(Double::doubleValue).toArray(), pairs));
    sections.add(EmbeddingPlane.figure(test, untrained, trained));
    sections.addAll(evaluation.sections().subList(2, evaluation.sections().size()));
    return new ReportPage("Anyrate: embeddings that hold at any sampling rate", "Synthetic data: " + evaluation.subtitle(),
        sections,
        evaluation.footer());
  }
}
