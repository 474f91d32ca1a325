package dev.anyrate.model.evaluate.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.LinearProbe;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.RawValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encoders of which it is known what a proof must say of them.
class ProofTest {
  private static final TimeSeriesSet TRAIN = waves(40, 1);
  private static final TimeSeriesSet TEST = waves(45, 2);
  private static final Embedder VALUES = new RawValues(32);
  /// Tells series apart by their count of samples, as an encoder that has learned the length.
  private static final Embedder LENGTH = set -> set.series().stream()
      .map(series -> new float[] {series.length(), 1, series.channel(0)[0] / 100}).toArray(float[][]::new);
  private static final Embedder ONE_POINT = set -> set.series().stream().map(_ -> new float[] {1, 1, 1}).toArray(float[][]::new);

  /// One, two or three waves in noise: values at fixed places tell the class.
  private static TimeSeriesSet waves(int count, long seed) {
    var random = new SplittableRandom(seed);
    List<TimeSeries> series = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] values = new float[64];
      for (int t = 0; t < values.length; t++) {
        values[t] = (float) (Math.sin(2 * Math.PI * (n % 3 + 1) * t / 63) + 0.3 * random.nextGaussian());
      }
      series.add(TimeSeries.of(String.valueOf(n % 3), values));
    }
    return TimeSeriesSet.of("waves", series);
  }

  private static ProofReport prove(Embedder encoder, List<Double> rates, int seeds) {
    var options = new ProofOptions(rates, ProofOptions.seeds(1, seeds), Requirement.defaults(rates));
    return Proof.run(TRAIN, TEST, new Subjects(encoder, Optional.empty(), VALUES, Optional.empty(), Optional.empty()), options,
        _ -> {});
  }

  private static double value(ProofReport report, Measure measure, TestView view) {
    return report.measured().mean(Method.TRAINED, measure, view).orElseThrow();
  }

  private static TestView whole(double rate) {
    return new TestView(RateProtocol.WHOLE, Sensor.LINEAR, rate);
  }

  @Test
  void anEncoderThatKeepsItsEmbeddingsHolds() {
    ProofReport report = prove(VALUES, List.of(0.5, 1.0, 2.0), 1);
    assertTrue(report.holds(), () -> report.requirements().toString());
    assertEquals(1, value(report, Measure.RETENTION, whole(2)), 0.05);
    assertEquals(1, value(report, Measure.RETRIEVAL_AT_1, whole(2)));
    assertEquals(0, value(report, Measure.GAIN, whole(2)), "it is its own baseline");
    assertTrue(value(report, Measure.HARD_NEGATIVE, whole(2)) > 0.9);
  }

  @Test
  void anEncoderThatMapsAllToOnePointFails() {
    ProofReport report = prove(ONE_POINT, List.of(0.5, 1.0), 1);
    assertFalse(report.holds());
    assertEquals(0.5, value(report, Measure.AUROC, whole(0.5)));
    assertEquals(0, value(report, Measure.EFFECTIVE_RANK, TestView.NATIVE));
    assertEquals(3, value(report, Measure.DEAD_DIMENSIONS, TestView.NATIVE));
  }

  @Test
  void anEncoderThatKnowsTheLengthGivesTheRateAway() {
    List<Double> rates = List.of(0.25, 0.5, 1.0, 2.0);
    assertEquals(1, value(prove(LENGTH, rates, 1), Measure.LEAK_RATE, TestView.NATIVE), 0.01);
    assertEquals(1, value(prove(LENGTH, rates, 1), Measure.LEAK_LENGTH, TestView.NATIVE), 0.01);
    double chance = prove(LENGTH, rates, 1).measured().chance(Method.TRAINED, Measure.LEAK_RATE, TestView.NATIVE).orElseThrow();
    assertEquals(0.25, chance);
    assertEquals(chance, value(prove(ONE_POINT, rates, 1), Measure.LEAK_RATE, TestView.NATIVE), 0.01);
  }

  @Test
  void chanceIsRepeatedWithEverySeedAndTheRestIsNot() {
    ProofReport report = prove(VALUES, List.of(1.0, 2.0), 3);
    List<Long> seeds = report.measured().rows().stream().filter(row -> row.method() == Method.TRAINED
        && row.measure() == Measure.FEW_LABELS && row.view().equals(whole(2))).map(Measurement::seed).toList();
    assertEquals(List.of(1L, 2L, 3L), seeds);
    assertEquals(1, report.measured().rows().stream().filter(row -> row.method() == Method.TRAINED
        && row.measure() == Measure.ACCURACY && row.view().equals(whole(2))).count());
    assertTrue(report.measured().deviation(Method.TRAINED, Measure.FEW_LABELS, whole(2)).isPresent());
  }

  @Test
  void whatIsSeenTwiceIsEmbeddedOnce() {
    List<Integer> calls = new ArrayList<>();
    Embedder counting = set -> {
      calls.add(set.size());
      return VALUES.embed(set);
    };
    ProofReport report = prove(counting, List.of(0.5, 1.0, 2.0), 1);
    assertEquals(1 + 3 + 3, Collections.frequency(calls, TRAIN.size()),
        "TRAIN as it is, at three other views of the linear sensor, in three controls");
    assertEquals(1 + 1 + 7 + 3, Collections.frequency(calls, TEST.size()),
        "TEST as it is, stretched, at seven other views, in three controls");
    assertEquals(value(report, Measure.ACCURACY, TestView.NATIVE), value(report, Measure.REFITTED, TestView.NATIVE));
    double refitted = LinearProbe.fit(VALUES.embed(whole(0.5).of(TRAIN)), TRAIN.labels())
        .accuracy(VALUES.embed(whole(0.5).of(TEST)), TEST.labels());
    assertEquals(refitted, value(report, Measure.REFITTED, whole(0.5)));
  }

  @Test
  void baselinesAndSensorsStandBesideTheEncoder() {
    var options = new ProofOptions(List.of(0.5, 1.0, 2.0), List.of(1L), List.of());
    var subjects = new Subjects(VALUES, Optional.of(VALUES), ONE_POINT, Optional.of(VALUES),
        Optional.of(InputPreparation.fit(TRAIN)));
    ProofReport report = Proof.run(TRAIN, TEST, subjects, options, _ -> {});
    for (Method method : Method.values()) {
      assertTrue(report.measured().mean(method, Measure.ACCURACY, whole(2)).isPresent(), method::title);
    }
    assertTrue(report.measured().mean(Method.MINIROCKET, Measure.ACCURACY, whole(1)).orElseThrow() > 0.9);
    assertTrue(report.measured().mean(Method.MINIROCKET, Measure.PROBE_AUGMENTED, whole(0.5)).orElseThrow() > 0.8);
    for (Sensor sensor : List.of(Sensor.POLYPHASE, Sensor.DECIMATION)) {
      assertTrue(value(report, Measure.ACCURACY, new TestView(RateProtocol.WHOLE, sensor, 0.5)) > 0.5, sensor::id);
    }
    assertTrue(value(report, Measure.GAIN, whole(1)) > 0.3);
  }

  /// Whole series last as long at any rate, and an encoder that is told the rate can know it: this one does nothing else.
  @Test
  void anEncoderThatIsToldTheRateIsToldThatOfEveryView() {
    Embedder duration = set -> set.series().stream()
        .map(series -> new float[] {(float) (series.length() / series.rateHz().orElseThrow()), 1}).toArray(float[][]::new);
    var options = new ProofOptions(List.of(0.25, 1.0, 2.0), List.of(1L), List.of());
    var subjects = new Subjects(VALUES, Optional.of(duration), ONE_POINT, Optional.empty(), Optional.empty());
    ProofReport report = Proof.run(TRAIN.map(one -> one.withRateHz(100)), TEST.map(one -> one.withRateHz(100)), subjects, options,
        _ -> {});
    for (double rate : options.rates()) {
      assertEquals(0, report.measured().mean(Method.KNOWN_RATE, Measure.ALIGNMENT, whole(rate)).orElseThrow(), 1e-6);
    }
    TestView window = new TestView(RateProtocol.WINDOW, Sensor.LINEAR, 2);
    assertTrue(report.measured().mean(Method.KNOWN_RATE, Measure.ALIGNMENT, window).orElseThrow() > 1e-3);
  }

  @Test
  void aPeekAtLabelsIsFoundByTheControls() {
    // This "encoder" looks the label up: on noise under the true labels it is right all the same.
    Embedder cheat = set -> set.series().stream()
        .map(series -> new float[] {Float.parseFloat(series.label().orElseThrow()), series.channel(0)[0]})
        .toArray(float[][]::new);
    ProofReport report = prove(cheat, List.of(1.0), 1);
    Requirement.Outcome noise = Requirement.of("noise<=chance").check(report.measured());
    assertFalse(noise.holds(), noise::line);
  }

  @Test
  void swappedLabelsSayNothingOfTheTrueOnes() {
    int[] labels = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    int[] swapped = NegativeControls.swappedLabels(labels, new SplittableRandom(1));
    for (int label = 0; label < 3; label++) {
      int wanted = label;
      long kept = IntStream.range(0, 12).filter(n -> labels[n] == wanted && swapped[n] == wanted).count();
      assertTrue(kept == 1 || kept == 2, "a third of four: " + Arrays.toString(swapped));
    }
    assertNotEquals(Arrays.toString(labels), Arrays.toString(swapped));
  }

  @Test
  void theTableReadsBackAsTheSameNumbers(@TempDir Path folder) {
    ProofReport report = prove(VALUES, List.of(0.5, 1.0, 2.0), 2);
    MeasurementFile.write("a \"name\", with comma", report.measured(), folder.resolve("proof.csv"));
    assertEquals(report.measured(), MeasurementFile.read(folder.resolve("proof.csv")));
  }

  @Test
  void theSummaryHoldsEveryMeasureAtItsPlace() throws IOException {
    ProofReport report = prove(VALUES, List.of(0.5, 1.0, 2.0), 2);
    JsonNode json = new JsonMapper().readTree(ProofFile.toJson(report, Optional.empty()));
    assertEquals("anyrate-proof/1", json.path("format").asText());
    assertEquals(value(report, Measure.ACCURACY, whole(0.5)), json.at("/methods/trained/whole/0.5/accuracy").asDouble(), 1e-6);
    assertTrue(json.at("/methods/trained/window/2/auroc").isNumber());
    assertTrue(json.at("/methods/trained/whole_decimation/0.5/accuracy").isNumber());
    assertTrue(json.at("/methods/trained/controls/noise_bound").isNumber());
    assertTrue(json.at("/methods/trained/leakage/leak_rate_chance").isNumber());
    assertTrue(json.at("/methods/trained/embedding/uniformity").isNumber());
    assertEquals(5, json.path("requirements").size());
  }
}
