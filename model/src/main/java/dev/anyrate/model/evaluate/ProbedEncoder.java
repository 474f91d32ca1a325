package dev.anyrate.model.evaluate;

import dev.anyrate.augment.series.TimeSeriesSet;

/// An encoder with the two probes fitted to its embeddings of TRAIN, ready to be tried on TEST at any rate.
final class ProbedEncoder {
  private final Embedder embedder;
  private final TimeSeriesSet atHome; // TEST at the native rate
  private final int[] testLabels;
  private final float[][] test; // [N][E], of it
  private final Classifier probe;
  private final Classifier augmentedProbe;
  private final EvaluationReport.Seconds seconds;

  /// @param copies of TRAIN that the augmented probe is fitted to, TRAIN itself first
  ProbedEncoder(Embedder embedder, LabelledSplit split, TimeSeriesSet copies) {
    var clock = new Clock();
    float[][] train = embedder.embed(split.train());
    this.embedder = embedder;
    this.atHome = split.test();
    this.testLabels = split.testLabels();
    this.test = embedder.embed(atHome);
    double encode = clock.lap();
    this.probe = LinearProbe.fit(train, split.trainLabels());
    this.seconds = new EvaluationReport.Seconds(encode, clock.lap());
    this.augmentedProbe = LinearProbe.fit(embedder.embed(copies), copies.labels(split.classes()), FeatureScaling.of(train));
  }

  /// @param view TEST at some rate
  RateResult at(TimeSeriesSet view) {
    float[][] embeddings = view == atHome ? test : embedder.embed(view);
    Invariance invariance = Invariance.of(test, embeddings);
    return new RateResult(probe.accuracy(embeddings, testLabels), augmentedProbe.accuracy(embeddings, testLabels),
        invariance.cosSame(), invariance.cosOther(), invariance.retrievalAt1());
  }

  /// Values in an embedding.
  int embedding() {
    return test[0].length;
  }

  EvaluationReport.Seconds seconds() {
    return seconds;
  }
}
