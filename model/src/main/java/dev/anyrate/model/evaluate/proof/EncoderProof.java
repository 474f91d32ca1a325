package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.evaluate.AugmentedCopies;
import dev.anyrate.model.evaluate.Classifier;
import dev.anyrate.model.evaluate.CosineSimilarity;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.EmbeddingHealth;
import dev.anyrate.model.evaluate.FeatureScaling;
import dev.anyrate.model.evaluate.Invariance;
import dev.anyrate.model.evaluate.LabelledSplit;
import dev.anyrate.model.evaluate.LinearProbe;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.Separation;
import dev.anyrate.model.evaluate.Uniformity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// All that is measured of one encoder.
final class EncoderProof {
  /// By how much a series is stretched in time to become another one that looks like it.
  private static final double STRETCH = 1.5;

  private final Method method;
  private final Embedder embedder;
  private final LabelledSplit split;
  private final ProofOptions options;
  private final List<Measurement> rows;
  private final Map<TestView, Separation> separations;
  private final float[][] train; // [N][E], at the native rate
  private final float[][] test;
  private final float[][] stretched; // [N][E], TEST stretched in time
  private final Classifier probe;

  /// @param rows        where the numbers go
  /// @param separations where the distributions go
  EncoderProof(Method method, Embedder embedder, LabelledSplit split, ProofOptions options, List<Measurement> rows,
      Map<TestView, Separation> separations) {
    this.method = method;
    this.embedder = embedder;
    this.split = split;
    this.options = options;
    this.rows = rows;
    this.separations = separations;
    this.train = embedder.embed(split.train());
    this.test = embedder.embed(split.test());
    this.stretched = embedder.embed(split.test().map(EncoderProof::stretched));
    this.probe = LinearProbe.fit(train, split.trainLabels());
  }

  /// The middle of a series, stretched to its length.
  private static TimeSeries stretched(TimeSeries series) {
    int length = Math.max(2, (int) Math.round(series.length() / STRETCH));
    TimeSeries middle = series.part((series.length() - length) / 2, length);
    return series.withValuesOf(ResampleMethod.LINEAR.resampler().resample(middle, series.length()));
  }

  /// Numbers in an embedding.
  int embedding() {
    return test[0].length;
  }

  /// How the embeddings lie at the native rate.
  void geometry() {
    EmbeddingHealth health = EmbeddingHealth.of(test);
    add(Measure.UNIFORMITY, TestView.NATIVE, Uniformity.of(test));
    add(Measure.EFFECTIVE_RANK, TestView.NATIVE, health.effectiveRank());
    add(Measure.DEAD_DIMENSIONS, TestView.NATIVE, health.deadDimensions());
  }

  /// Probes and similarities at every view.
  void views(List<TestView> views) {
    List<Classifier> augmented = options.seeds().stream().map(this::augmentedProbe).toList();
    List<Classifier> few = options.seeds().stream().map(this::fewLabelsProbe).toList();
    int[] labels = split.testLabels();
    double atHome = probe.accuracy(test, labels);
    for (TestView view : views) {
      float[][] seen = view.isNative() ? test : embedder.embed(view.of(split.test()));
      double accuracy = probe.accuracy(seen, labels);
      add(Measure.ACCURACY, view, accuracy);
      add(Measure.RETENTION, view, atHome == 0 ? 0 : accuracy / atHome);
      for (int s = 0; s < options.seeds().size(); s++) {
        add(Measure.PROBE_AUGMENTED, view, options.seeds().get(s), augmented.get(s).accuracy(seen, labels));
        add(Measure.FEW_LABELS, view, options.seeds().get(s), few.get(s).accuracy(seen, labels));
      }
      similarity(view, seen);
      // A bound from above for the encoder that is judged, by the sensor that every method is tested with.
      if (method == Method.TRAINED && view.sensor() == Sensor.LINEAR) {
        add(Measure.REFITTED, view, refittedProbe(view).accuracy(seen, labels));
      }
    }
  }

  private Classifier augmentedProbe(long seed) {
    TimeSeriesSet copies = AugmentedCopies.of(split.train(), seed);
    return LinearProbe.fit(embedder.embed(copies), copies.labels(split.classes()), FeatureScaling.of(train));
  }

  private Classifier fewLabelsProbe(long seed) {
    int[] labels = split.trainLabels();
    int[] drawn = FewLabels.draw(labels, seed);
    return LinearProbe.fit(Arrays.stream(drawn).mapToObj(n -> train[n]).toArray(float[][]::new),
        Arrays.stream(drawn).map(n -> labels[n]).toArray());
  }

  /// Fitted to TRAIN as a view shows it.
  private Classifier refittedProbe(TestView view) {
    return view.isNative() ? probe : LinearProbe.fit(embedder.embed(view.of(split.train())), split.trainLabels());
  }

  private void similarity(TestView view, float[][] seen) {
    Invariance invariance = Invariance.of(test, seen);
    Separation separation = Separation.of(test, seen);
    add(Measure.COS_SAME, view, invariance.cosSame());
    add(Measure.COS_OTHER, view, invariance.cosOther());
    add(Measure.AUROC, view, separation.auroc());
    add(Measure.RETRIEVAL_AT_1, view, invariance.retrievalAt1());
    add(Measure.ALIGNMENT, view, Uniformity.alignment(test, seen));
    separations.put(view, separation);
    // A window at a higher rate is a stretch, to whoever is not told the rate.
    if (view.protocol() == RateProtocol.WHOLE || method == Method.KNOWN_RATE)
      add(Measure.HARD_NEGATIVE, view, nearerThanStretched(seen));
  }

  private double nearerThanStretched(float[][] seen) {
    int nearer = 0;
    for (int n = 0; n < test.length; n++) {
      if (CosineSimilarity.of(test[n], seen[n]) > CosineSimilarity.of(test[n], stretched[n])) nearer++;
    }
    return (double) nearer / test.length;
  }

  /// What the embeddings give away of the recording.
  void leakage() {
    for (long seed : options.seeds()) {
      var leakage = new Leakage(embedder, split, seed);
      if (seed == options.seeds().getFirst() && options.rates().size() > 1) {
        rows.add(new Measurement(method, Measure.LEAK_RATE, TestView.NATIVE, seed, leakage.rate(options.rates()),
            1.0 / options.rates().size(), Double.NaN));
      }
      rows.add(new Measurement(method, Measure.LEAK_LENGTH, TestView.NATIVE, seed, leakage.length(), 1.0 / Leakage.SHARES.size(),
          Double.NaN));
    }
  }

  /// The probe where there is nothing to be found.
  void controls() {
    ChanceBound chance = ChanceBound.of(split.trainLabels(), split.testLabels(), split.classes().size());
    for (long seed : options.seeds()) {
      var controls = new NegativeControls(embedder, split, seed);
      addControl(Measure.NOISE, seed, controls.noise(), chance);
      addControl(Measure.SWAPPED, seed, controls.swapped(train, test), chance);
      addControl(Measure.SHUFFLED, seed, controls.shuffled(), chance);
      addControl(Measure.LENGTH_ONLY, seed, controls.lengthOnly(), chance);
    }
  }

  private void addControl(Measure measure, long seed, double value, ChanceBound chance) {
    rows.add(new Measurement(method, measure, TestView.NATIVE, seed, value, chance.chance(), chance.bound()));
  }

  private void add(Measure measure, TestView view, double value) {
    add(measure, view, options.seeds().getFirst(), value);
  }

  private void add(Measure measure, TestView view, long seed, double value) {
    rows.add(Measurement.of(method, measure, view, seed, value));
  }
}
