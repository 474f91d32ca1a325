package dev.anyrate.demo.page;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.demo.report.Point;
import dev.anyrate.demo.report.ReportPage;
import dev.anyrate.demo.report.Section;
import dev.anyrate.demo.report.figure.EmbeddingMap;
import dev.anyrate.demo.report.figure.ExampleSeries;
import dev.anyrate.demo.report.figure.TrainingCurve;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.PrincipalComponents;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The report of the demo: that of the evaluation, and around it the series, the training and a map of the embeddings.
///
/// @param report    the numbers
/// @param test      series that training never saw
/// @param trained   the encoder
/// @param untrained the same encoder before training
/// @param losses    mean loss of every epoch
/// @param pairs     in a training step
public record DemoPage(EvaluationReport report, TimeSeriesSet test, Embedder trained, Embedder untrained, List<Double> losses,
    int pairs) {
  private static final List<Double> MAP_RATES = List.of(0.25, 1.0, 4.0);
  private static final int EXAMPLES = 3;

  /// The whole page.
  public ReportPage page() {
    var evaluation = new EvaluationPage(report);
    var sections = new ArrayList<Section>(evaluation.sections().subList(0, 2));
    sections.add(ExampleSeries.figure(examples()));
    sections.add(TrainingCurve.figure(losses.stream().mapToDouble(Double::doubleValue).toArray(), pairs));
    sections.add(EmbeddingMap.figure(MAP_RATES, List.of(map("untrained", untrained), map("trained", trained))));
    sections.addAll(evaluation.sections().subList(2, evaluation.sections().size()));
    return new ReportPage("Anyrate: embeddings that hold at any sampling rate", "Synthetic data: " + evaluation.subtitle(),
        sections,
        evaluation.footer());
  }

  /// The first series of the first classes, each at its own rate, at half and at twice of it.
  private List<ExampleSeries.Example> examples() {
    var examples = new ArrayList<ExampleSeries.Example>();
    for (String name : test.classNames().subList(0, Math.min(EXAMPLES, test.classNames().size()))) {
      TimeSeries series = test.series().stream().filter(one -> one.label().orElseThrow().equals(name)).findFirst().orElseThrow();
      examples
          .add(new ExampleSeries.Example("class " + name, List.of(view("native", series, 1), view("half the rate", series, 0.5),
              view("twice the rate", series, 2))));
    }
    return examples;
  }

  private static ExampleSeries.View view(String name, TimeSeries series, double rate) {
    float[] values = new SamplingRate(rate).apply(series, ResampleMethod.LINEAR.resampler()).channel(0);
    return ExampleSeries.View.of(name + ", " + values.length + " samples", 0, series.length() - 1, values);
  }

  /// The plane along which the native embeddings differ most, and every series on it at each rate.
  private EmbeddingMap.Panel map(String title, Embedder embedder) {
    float[][] home = embedder.embed(test);
    PrincipalComponents components = PrincipalComponents.of(home, 2);
    var positions = new ArrayList<double[][]>(); // by rate [N][2]
    for (double rate : MAP_RATES) {
      positions.add(components.project(rate == 1 ? home : embedder.embed(RateProtocol.WHOLE.at(test, rate))));
    }
    var series = new ArrayList<EmbeddingMap.Series>();
    for (int i = 0; i < test.size(); i++) {
      int index = i;
      series.add(new EmbeddingMap.Series(test.get(i).label().orElseThrow(),
          positions.stream().map(at -> new Point(at[index][0], at[index][1])).toList()));
    }
    double total = totalVariance(home);
    return new EmbeddingMap.Panel(title, series, components.variances()[0] / total, components.variances()[1] / total);
  }

  private static double totalVariance(float[][] rows) {
    double total = 0;
    for (int e = 0; e < rows[0].length; e++) {
      int column = e;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
      total += Arrays.stream(rows).mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).average().orElseThrow();
    }
    return total;
  }
}
