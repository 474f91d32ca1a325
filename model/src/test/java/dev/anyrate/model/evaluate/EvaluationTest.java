package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final EvaluationOptions OPTIONS = EvaluationOptions.of(1, "scalar", "none");

  /// Sixteen values spread over the series: knows nothing of its length.
  private static float[][] parts(TimeSeriesSet series) {
    return new RawValues(16).embed(series);
  }

  /// First values of the series as they are: knows nothing but its length.
  private static float[][] firstValues(TimeSeriesSet series) {
    float[][] values = new float[series.size()][8];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(series.get(i).channel(0), 0, values[i], 0, Math.min(8, series.get(i).length()));
    }
    return values;
  }

  /// Ramps up and down of unequal lengths.
  private static TimeSeriesSet ramps(String name, int count, int length, boolean upFirst) {
    List<TimeSeries> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean up = i % 2 == 0 == upFirst;
      float[] values = new float[length + i];
      for (int t = 0; t < values.length; t++) values[t] = (up ? 1f : -1f) * t / values.length + 0.01f * (i * t % 5);
      series.add(TimeSeries.of(up ? "up" : "down", values));
    }
    return TimeSeriesSet.of(name, series);
  }

  @Test
  void reportsEveryMethodUnderBothProtocolsAtEveryRate() {
    TimeSeriesSet train = SyntheticData.create(30, 48, 2, 3, 1);
    TimeSeriesSet test = SyntheticData.create(24, 48, 2, 3, 2);
    EvaluationReport report = Evaluation.run(train, test, EvaluationTest::parts, EvaluationTest::firstValues, OPTIONS);
    assertEquals(List.of("synthetic", 3, 30, 24, 2, List.of(48, 48), 1L, "scalar", "none", 32),
        List.of(report.dataset(), report.classes(),
            report.train(), report.test(), report.channels(), report.length(), report.seed(), report.backend(), report.encoder(),
            report.embedding()));
    List<String> rates = List.of("0.25", "0.5", "0.75", "1", "1.5", "2", "4");
    for (RateProtocol protocol : RateProtocol.values()) {
      assertEquals(rates, List.copyOf(report.ours().under(protocol).keySet()));
      assertEquals(rates, List.copyOf(report.baselines().untrained().under(protocol).keySet()));
      assertEquals(rates, List.copyOf(report.baselines().rawLr().under(protocol).keySet()));
      assertEquals(rates, List.copyOf(report.baselines().euclid1nn().under(protocol).keySet()));
    }
  }

  @Test
  void everyNumberIsThatOfItsDefinition() {
    TimeSeriesSet train = SyntheticData.create(30, 48, 1, 3, 1);
    TimeSeriesSet test = SyntheticData.create(24, 48, 1, 3, 2);
    EvaluationReport report = Evaluation.run(train, test, EvaluationTest::parts, EvaluationTest::firstValues, OPTIONS);

    TimeSeriesSet view = RateProtocol.WINDOW.at(test, 2);
    LinearProbe probe = LinearProbe.fit(parts(train), train.labels());
    TimeSeriesSet copies = AugmentedCopies.of(train, 1);
    LinearProbe augmented = LinearProbe.fit(parts(copies), copies.labels(), FeatureScaling.of(parts(train)));
    Invariance invariance = Invariance.of(parts(test), parts(view));
    assertEquals(new RateResult(probe.accuracy(parts(view), test.labels()), augmented.accuracy(parts(view), test.labels()),
        invariance.cosSame(), invariance.cosOther(), invariance.retrievalAt1()), report.ours().window().get("2"));

    Embedder raw = new RawValues(48);
    assertEquals(LinearProbe.fit(raw.embed(train), train.labels()).accuracy(raw.embed(view), test.labels()),
        report.baselines().rawLr().window().get("2").accuracy());
    assertEquals(new NearestNeighbour(raw.embed(train), train.labels()).accuracy(raw.embed(view), test.labels()),
        report.baselines().euclid1nn().window().get("2").accuracy());
  }

  @Test
  void tellsAnInvariantEncoderFromOneThatIsNot() {
    EvaluationReport report = Evaluation.run(ramps("ramps", 20, 64, true), ramps("ramps", 20, 64, true), EvaluationTest::parts,
        EvaluationTest::firstValues, OPTIONS);
    RateResult ours = report.ours().whole().get("4");
    assertEquals(1, ours.accuracy());
    assertTrue(ours.cosSame() > 0.99 && ours.cosOther() < 0.2, ours.toString());
    assertTrue(report.baselines().untrained().whole().get("4").cosSame() < ours.cosSame(), report.toString());
    assertEquals(report.ours().whole().get("0.5"), report.ours().window().get("0.5"));
  }

  @Test
  void whatIsSeenTwiceIsEmbeddedOnce() {
    var calls = new ArrayList<Integer>();
    Embedder counting = series -> {
      calls.add(series.size());
      return parts(series);
    };
    Evaluation.run(SyntheticData.create(30, 48, 1, 3, 1), SyntheticData.create(24, 48, 1, 3, 2), counting, EvaluationTest::parts,
        OPTIONS);
    assertEquals(1, Collections.frequency(calls, 30), "TRAIN");
    assertEquals(1, Collections.frequency(calls, 210), "TRAIN with its copies");
    assertEquals(7 + 3, Collections.frequency(calls, 24),
        "TEST at 7 rates whole, its own among them, and at 3 above 1 as windows");
  }

  /// TRAIN and TEST of two folders: other lengths, and their classes listed in another order.
  @Test
  void classesAreMatchedByName() {
    TimeSeriesSet train = ramps("slow", 20, 32, true);
    TimeSeriesSet ordered = ramps("fast", 10, 128, false);
    var test = new TimeSeriesSet("fast", ordered.series(), List.of("up", "sideways", "down"));
    EvaluationReport report = Evaluation.run(train, test, EvaluationTest::parts, EvaluationTest::firstValues, OPTIONS);
    assertEquals(1, report.ours().whole().get("1").accuracy());
    assertEquals(1, report.baselines().euclid1nn().whole().get("1").accuracy());
    assertEquals("fast", report.dataset());
    assertEquals(List.of(32, 137), report.length());
    assertEquals(2, report.classes());
  }

  @Test
  void theSameInputGivesTheSameReport() {
    TimeSeriesSet train = SyntheticData.create(30, 48, 1, 3, 1);
    TimeSeriesSet test = SyntheticData.create(24, 48, 1, 3, 2);
    EvaluationReport first = Evaluation.run(train, test, EvaluationTest::parts, EvaluationTest::firstValues, OPTIONS);
    EvaluationReport second = Evaluation.run(train, test, EvaluationTest::parts, EvaluationTest::firstValues, OPTIONS);
    assertEquals(first.ours(), second.ours());
    assertEquals(first.baselines(), second.baselines());
  }

  @Test
  void unusableSetsAreRefusedInOneLine() {
    TimeSeriesSet good = ramps("good", 4, 16, true);
    assertRefused(unlabelled(), good, "bare: series 1 has no label");
    assertRefused(good, unlabelled(), "bare: series 1 has no label");
    assertRefused(good.select(0, 2), good, "good: all 2 series of TRAIN are of class 'up'; a probe needs at least two classes");
    assertRefused(good, named("sideways"), "which is none of the classes [down, up]");
    var header = new TimeSeriesSet("good", good.series(), List.of("up", "sideways", "down")); // names a class without a series
    assertRefused(header, named("sideways"), "which is none of the classes [down, up]");
    assertRefused(good, good.select(0), "good: TEST has one series");
    TimeSeries gap = TimeSeries.of("up", new float[] {1, Float.NaN, 2});
    assertRefused(good, TimeSeriesSet.of("gaps", List.of(gap, gap)), "gaps: 2 missing values in 2 of 2 series");
  }

  @Test
  void otherChannelsAreRefused() {
    TimeSeriesSet one = SyntheticData.create(6, 16, 1, 2, 1);
    TimeSeriesSet two = SyntheticData.create(6, 16, 2, 2, 1);
    assertRefused(one, two, "synthetic: TEST has 2 channels, TRAIN of synthetic has 1; both must have the same");
  }

  private static TimeSeriesSet unlabelled() {
    return TimeSeriesSet.of("bare", List.of(TimeSeries.of(new float[] {1, 2, 3}), TimeSeries.of(new float[] {1, 2, 4})));
  }

  private static TimeSeriesSet named(String label) {
    return TimeSeriesSet.of("other",
        List.of(TimeSeries.of(label, new float[] {1, 2, 3}), TimeSeries.of(label, new float[] {1, 2, 4})));
  }

  private static void assertRefused(TimeSeriesSet train, TimeSeriesSet test, String message) {
    String said = assertThrows(BadSeriesException.class,
        () -> Evaluation.run(train, test, EvaluationTest::parts, EvaluationTest::parts, OPTIONS)).getMessage();
    assertTrue(said.contains(message), said);
    assertEquals(1, said.lines().count());
  }
}
