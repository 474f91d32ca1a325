package dev.anyrate.model.evaluate;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.evaluate.EvaluationReport.Baselines;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// The whole evaluation of an encoder: probes fitted to TRAIN at its native rate, tested on TEST at every rate, beside everything
/// that could make the result look better than it is.
///
/// The encoder is not told the rate. The share of right answers stands beside that of the untrained encoder and of two methods
/// without any, and similarity to itself beside similarity to others.
public final class Evaluation {
  private final LabelledSplit split;
  private final EvaluationOptions options;

  private Evaluation(LabelledSplit split, EvaluationOptions options) {
    this.split = split;
    this.options = options;
  }

  /// Runs everything.
  ///
  /// @param train     what probes are fitted to
  /// @param test      what they are tested on; classes are matched to those of TRAIN by name
  /// @param trained   the encoder that is judged
  /// @param untrained the same encoder with its first parameters
  /// @throws dev.anyrate.augment.series.BadSeriesException if the series cannot be used for this: no labels, one class, …
  /// @throws IllegalArgumentException                      if a rate is out of bounds
  public static EvaluationReport run(TimeSeriesSet train, TimeSeriesSet test, Embedder trained, Embedder untrained,
      EvaluationOptions options) {
    return new Evaluation(LabelledSplit.of(train, test), options).run(trained, untrained);
  }

  private EvaluationReport run(Embedder trained, Embedder untrained) {
    TimeSeriesSet copies = AugmentedCopies.of(split.train(), options.seed());
    var ours = new ProbedEncoder(trained, split, copies);
    var before = new ProbedEncoder(untrained, split, copies);
    Embedder raw = RawValues.atLengthOf(split.train());
    float[][] rawTrain = raw.embed(split.train());
    Classifier regression = LinearProbe.fit(rawTrain, split.trainLabels());
    Classifier nearest = new NearestNeighbour(rawTrain, split.trainLabels());

    var baselines = new Baselines(
        atEveryRate(view -> accuracy(regression, raw.embed(view))),
        atEveryRate(view -> accuracy(nearest, raw.embed(view))),
        atEveryRate(before::at));
    return new EvaluationReport(split.test().name(), split.classes().size(), split.train().size(), split.test().size(),
        split.train().channels(), split.lengthRange(), options.seed(), options.backend(), options.encoder(), ours.embedding(),
        atEveryRate(ours::at), baselines, ours.seconds());
  }

  private BaselineResult accuracy(Classifier classifier, float[][] values) {
    return new BaselineResult(classifier.accuracy(values, split.testLabels()));
  }

  /// @param method result on TEST as a protocol shows it; where both protocols show the same, it is asked once
  private <R> ByProtocol<R> atEveryRate(Function<TimeSeriesSet, R> method) {
    Map<String, R> whole = new LinkedHashMap<>();
    Map<String, R> window = new LinkedHashMap<>();
    for (double rate : options.rates()) {
      String key = RateProtocol.key(rate);
      R result = method.apply(RateProtocol.WHOLE.at(split.test(), rate));
      whole.put(key, result);
      window.put(key, rate <= 1 ? result : method.apply(RateProtocol.WINDOW.at(split.test(), rate)));
    }
    return new ByProtocol<>(whole, window);
  }
}
