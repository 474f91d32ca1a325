package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.evaluate.AugmentedCopies;
import dev.anyrate.model.evaluate.Classifier;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.LabelledSplit;
import dev.anyrate.model.evaluate.LinearProbe;
import dev.anyrate.model.evaluate.NearestNeighbour;
import dev.anyrate.model.evaluate.RawValues;
import dev.anyrate.model.evaluate.Separation;
import dev.anyrate.model.evaluate.ridge.MiniRocketClassifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The whole proof that an encoder holds at any rate, made so that it cannot fool its user.
///
/// Beside everything that could make a result look better than it is: opponents that were not trained, what the embedding gives away of the recording, a
/// hard negative, a bound from above (the probe refitted at each rate), controls where nothing is to be found, and sensors that training did not see.
public final class Proof {
  private final LabelledSplit split;
  private final ProofOptions options;
  private final Consumer<String> progress;
  private final List<Measurement> rows = new ArrayList<>();
  private final List<TestView> views;
  private final List<TestView> plainViews; // by the sensor that every method is tested with

  private Proof(LabelledSplit split, ProofOptions options, Consumer<String> progress) {
    this.split = split;
    this.options = options;
    this.progress = progress;
    this.views = TestView.all(options.rates());
    this.plainViews = views.stream().filter(view -> view.sensor() == Sensor.LINEAR).toList();
  }

  /// Runs everything.
  ///
  /// @param train    what probes are fitted to
  /// @param test     what they are tested on; classes are matched to those of TRAIN by name
  /// @param progress is told what comes next, in a few words
  /// @throws dev.anyrate.augment.series.BadSeriesException if the series cannot be used for this: no labels, one class, …
  public static ProofReport run(TimeSeriesSet train, TimeSeriesSet test, Subjects subjects, ProofOptions options,
      Consumer<String> progress) {
    return new Proof(LabelledSplit.of(train, test), options, progress).run(subjects);
  }

  private ProofReport run(Subjects subjects) {
    Map<TestView, Separation> separations = new LinkedHashMap<>();
    progress.accept("untrained encoder");
    encoder(Method.UNTRAINED, subjects.untrained(), plainViews, new LinkedHashMap<>());
    progress.accept("trained encoder");
    EncoderProof trained = encoder(Method.TRAINED, subjects.trained(), views, separations);
    gains();
    progress.accept("leakage, negative controls");
    trained.leakage();
    trained.controls();
    subjects.knownRate().ifPresent(known -> {
      progress.accept("trained encoder, told the rate");
      encoder(Method.KNOWN_RATE, known, plainViews, new LinkedHashMap<>());
    });
    subjects.withoutRateViews().ifPresent(other -> {
      progress.accept("encoder trained without rate views");
      encoder(Method.WITHOUT_RATE_VIEWS, other, plainViews, new LinkedHashMap<>());
    });
    progress.accept("raw values");
    rawValues();
    subjects.miniRocket().ifPresent(preparation -> {
      progress.accept("MiniRocket");
      miniRocket(preparation);
    });

    var measured = new Measurements(rows);
    return new ProofReport(split.test().name(), split.classes().size(), split.train().size(), split.test().size(),
        split.train().channels(), split.lengthRange(), trained.embedding(), options, measured, separations,
        options.requirements().stream().map(requirement -> requirement.check(measured)).toList());
  }

  private EncoderProof encoder(Method method, Embedder embedder, List<TestView> seen,
      Map<TestView, Separation> separations) {
    var proof = new EncoderProof(method, embedder, split, options, rows, separations);
    proof.geometry();
    proof.views(seen);
    return proof;
  }

  private void gains() {
    var so = new Measurements(rows);
    for (TestView view : plainViews) {
      double gain = so.mean(Method.TRAINED, Measure.ACCURACY, view).orElseThrow()
          - so.mean(Method.UNTRAINED, Measure.ACCURACY, view).orElseThrow();
      rows.add(Measurement.of(Method.TRAINED, Measure.GAIN, view, options.seeds().getFirst(), gain));
    }
  }

  private void rawValues() {
    Embedder raw = RawValues.atLengthOf(split.train());
    float[][] train = raw.embed(split.train());
    Classifier regression = LinearProbe.fit(train, split.trainLabels());
    Classifier nearest = new NearestNeighbour(train, split.trainLabels());
    for (TestView view : plainViews) {
      float[][] seen = raw.embed(view.of(split.test()));
      long seed = options.seeds().getFirst();
      rows.add(Measurement.of(Method.RAW_LR, Measure.ACCURACY, view, seed, regression.accuracy(seen, split.testLabels())));
      rows.add(Measurement.of(Method.EUCLID_1NN, Measure.ACCURACY, view, seed, nearest.accuracy(seen, split.testLabels())));
    }
  }

  private void miniRocket(InputPreparation preparation) {
    for (long seed : options.seeds()) {
      miniRocket(preparation, split.train(), Measure.ACCURACY, seed);
      miniRocket(preparation, AugmentedCopies.of(split.train(), seed), Measure.PROBE_AUGMENTED, seed);
    }
  }

  private void miniRocket(InputPreparation preparation, TimeSeriesSet fitted, Measure measure, long seed) {
    MiniRocketClassifier classifier = MiniRocketClassifier.fit(preparation, fitted, split.classes(), seed);
    for (TestView view : plainViews) {
      rows.add(Measurement.of(Method.MINIROCKET, measure, view, seed,
          classifier.accuracy(view.of(split.test()), split.testLabels())));
    }
  }
}
