package dev.anyrate.augment.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.TimeSeries;
import java.util.DoubleSummaryStatistics;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationTest {
  private static final TimeSeries SERIES = TimeSeries.of("a", wave(100, 3), wave(100, 7));

  static Stream<DoubleFunction<Augmentation>> withProbability() {
    return Stream.of(p -> new ResampleAug(0.5, 0.9, p), p -> new JitterAug(0.1, p), p -> new ScaleAug(0.5, 0.9, p),
        p -> new CropAug(0.3, 0.8, p), p -> new TimeShiftAug(1, p), p -> new FrequencyMaskAug(1, p));
  }

  @ParameterizedTest
  @MethodSource("withProbability")
  void isAFunctionOfSeriesAndRandom(DoubleFunction<Augmentation> make) {
    Augmentation augmentation = make.apply(1);
    TimeSeries once = augmentation.apply(SERIES, new SplittableRandom(3));
    assertEquals(once, augmentation.apply(SERIES, new SplittableRandom(3)));
    assertNotEquals(once, augmentation.apply(SERIES, new SplittableRandom(4)));
    assertEquals("a", once.label().orElseThrow());
    assertEquals(TimeSeries.of("a", wave(100, 3), wave(100, 7)), SERIES, "the series given has changed");
  }

  @ParameterizedTest
  @MethodSource("withProbability")
  void happensAsOftenAsItsProbabilitySays(DoubleFunction<Augmentation> make) {
    assertSame(SERIES, make.apply(0).apply(SERIES, new SplittableRandom(1)));
    Augmentation sometimes = make.apply(0.3);
    RandomGenerator random = new SplittableRandom(5);
    long changed = IntStream.range(0, 2000).filter(_ -> sometimes.apply(SERIES, random) != SERIES).count();
    assertEquals(600, changed, 80); // four standard deviations
    assertThrows(IllegalArgumentException.class, () -> make.apply(-0.1));
    assertThrows(IllegalArgumentException.class, () -> make.apply(1.1));
    assertThrows(IllegalArgumentException.class, () -> make.apply(Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("withProbability")
  void worksOnTheShortestSeries(DoubleFunction<Augmentation> make) {
    TimeSeries shortest = TimeSeries.of(new float[] {1, 2});
    RandomGenerator random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) assertTrue(make.apply(1).apply(shortest, random).length() >= 2);
  }

  static Stream<Arguments> outOfBounds() {
    return Stream.of(bad("rate 0.0", () -> new ResampleAug(0, 1, 1)), bad("rate 1.0E9", () -> new ResampleAug(1, 1e9, 1)),
        bad("rates from 2.0 to 1.0", () -> new ResampleAug(2, 1, 1)), bad("jitter", () -> new JitterAug(-0.1, 1)),
        bad("jitter", () -> new JitterAug(0.2, 0.1, 1)), bad("jitter", () -> new JitterAug(Double.POSITIVE_INFINITY, 1)),
        bad("scale", () -> new ScaleAug(-1, 1, 1)), bad("scale", () -> new ScaleAug(1, Double.NaN, 1)),
        bad("crop", () -> new CropAug(0, 1, 1)), bad("crop", () -> new CropAug(0.5, 1.1, 1)),
        bad("time shift", () -> new TimeShiftAug(1.5, 1)), bad("frequency mask", () -> new FrequencyMaskAug(0, 1)),
        bad("canonical length 1", () -> new InvariantView(1)), bad("rate 0.0", () -> new RateChangeAug(0, 1, 64)));
  }

  private static Arguments bad(String words, Runnable make) {
    return Arguments.of(words, make);
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void refusesParametersOutOfBounds(String words, Runnable make) {
    String message = assertThrows(IllegalArgumentException.class, make::run).getMessage();
    assertTrue(message.contains(words), message);
  }

  @Test
  void resamplingDrawsRatesEvenlyOnALogarithmicScale() {
    var resample = new ResampleAug(0.25, 4, 1);
    RandomGenerator random = new SplittableRandom(2);
    int[] lengths = IntStream.range(0, 2000).map(_ -> resample.apply(SERIES, random).length()).toArray();
    assertTrue(IntStream.of(lengths).allMatch(length -> length >= 25 && length <= 400));
    assertEquals(1000, IntStream.of(lengths).filter(length -> length < 100).count(), 90);
    assertEquals(500, IntStream.of(lengths).filter(length -> length < 50).count(), 80);
  }

  @Test
  void jitterHasTheDeviationAsked() {
    TimeSeries flat = TimeSeries.of(new float[20_000]);
    float[] noise = new JitterAug(0.2, 1).apply(flat, new SplittableRandom(1)).channel(0);
    double squares = IntStream.range(0, noise.length).mapToDouble(t -> noise[t] * noise[t]).sum();
    assertEquals(0.2, Math.sqrt(squares / noise.length), 0.005);
  }

  @Test
  void scalingMultipliesEachChannelByItsOwnFactor() {
    TimeSeries scaled = new ScaleAug(0.5, 2, 1).apply(SERIES, new SplittableRandom(1));
    double[] factors = new double[2];
    for (int c = 0; c < 2; c++) {
      factors[c] = scaled.channel(c)[10] / SERIES.channel(c)[10];
      assertTrue(factors[c] >= 0.5 && factors[c] <= 2);
      for (int t = 0; t < 100; t++) assertEquals(factors[c] * SERIES.channel(c)[t], scaled.channel(c)[t], 1e-6);
    }
    assertNotEquals(factors[0], factors[1], 1e-3);
  }

  @Test
  void croppingKeepsAWindowOfAllChannels() {
    var statistics = new DoubleSummaryStatistics();
    RandomGenerator random = new SplittableRandom(1);
    TimeSeries ramp = TimeSeries.of(ramp(100), ramp(100));
    for (int i = 0; i < 1000; i++) {
      TimeSeries window = new CropAug(0.25, 1, 1).apply(ramp, random);
      statistics.accept(window.length());
      float[] values = window.channel(0);
      for (int t = 1; t < values.length; t++) assertEquals(values[0] + t, values[t]);
      assertArrayEquals(values, window.channel(1));
    }
    assertEquals(25, statistics.getMin(), 1);
    assertEquals(100, statistics.getMax(), 1);
  }

  @Test
  void shiftingHoldsTheEnds() {
    TimeSeries ramp = TimeSeries.of(ramp(10));
    RandomGenerator random = new SplittableRandom(1);
    var shifts = new DoubleSummaryStatistics();
    for (int i = 0; i < 200; i++) {
      float[] moved = new TimeShiftAug(0.3, 1).apply(ramp, random).channel(0);
      float shift = 5 - moved[5];
      shifts.accept(shift);
      for (int t = 0; t < 10; t++) assertEquals(Math.clamp(t - shift, 0, 9), moved[t]);
    }
    assertEquals(-3, shifts.getMin());
    assertEquals(3, shifts.getMax());
  }

  @Test
  void maskingRemovesTheBandAndNothingElse() {
    for (int length : new int[] {100, 101}) {
      float[] sum = new float[length];
      for (int cycles : new int[] {3, 7, 12}) {
        for (int t = 0; t < length; t++) sum[t] += wave(length, cycles)[t];
      }
      for (int t = 0; t < length; t++) sum[t] += 2; // the mean stays
      float[] masked = FrequencyMaskAug.withoutBand(TimeSeries.of(sum), 5, 10).channel(0);
      for (int t = 0; t < length; t++) assertEquals(2 + wave(length, 3)[t] + wave(length, 12)[t], masked[t], 1e-5);
    }
  }

  @Test
  void maskingAllFrequenciesLeavesTheMean() {
    for (int length : new int[] {2, 3, 8, 9}) {
      float[] masked = FrequencyMaskAug.withoutBand(TimeSeries.of(ramp(length)), 1, length / 2 + 1).channel(0);
      for (float value : masked) assertEquals((length - 1) / 2.0, value, 1e-5);
    }
  }

  @Test
  void theInvariantViewHasTheCanonicalLengthAndTheContent() {
    RandomGenerator random = new SplittableRandom(1);
    float[] expected = wave(64, 3);
    for (int i = 0; i < 200; i++) {
      TimeSeries view = new InvariantView(64).apply(SERIES, random);
      assertEquals(64, view.length());
      double product = 0;
      double norm = 0;
      for (int t = 0; t < 64; t++) {
        product += expected[t] * view.channel(0)[t];
        norm += view.channel(0)[t] * view.channel(0)[t];
      }
      assertTrue(product / Math.sqrt(norm * 32) > 0.9, "cosine with the curve itself " + product / Math.sqrt(norm * 32));
    }
  }

  /// Rates, scale and noise as they were before there was a choice: every trained model of then depends on them.
  @Test
  void theUsualInvariantViewIsRateScaleAndNoise() {
    var before = AugmentationPipeline.of(new RateChangeAug(0.25, 4, 64), new ScaleAug(0.8, 1.2, 1), new JitterAug(0.03, 0.1, 1));
    for (int seed = 0; seed < 50; seed++) {
      assertEquals(before.apply(SERIES, new SplittableRandom(seed)),
          new InvariantView(64).apply(SERIES, new SplittableRandom(seed)));
    }
  }

  /// 40 cycles: at 0.9 of the rate each has more than two samples left, at a tenth none of them can be seen.
  @Test
  void theInvariantViewStaysWithinItsRates() {
    TimeSeries fine = TimeSeries.of(wave(100, 40));
    assertTrue(correlations(fine, new RateRange(0.9, 1.5)).getMin() > 0.4);
    assertTrue(correlations(fine, new RateRange(0.1, 0.2)).getMax() < 0.4);
    assertTrue(correlations(fine, new RateRange(0.1, 1.5)).getMin() < 0.2);
  }

  /// Of views of 100 samples with the series itself.
  private static DoubleSummaryStatistics correlations(TimeSeries series, RateRange rates) {
    var view = new InvariantView(rates, 1, series.length());
    RandomGenerator random = new SplittableRandom(1);
    return IntStream.range(0, 200).mapToDouble(_ -> correlation(series.channel(0), view.apply(series, random).channel(0)))
        .summaryStatistics();
  }

  private static double correlation(float[] first, float[] second) {
    double product = 0;
    double squares = 0;
    double others = 0;
    for (int t = 0; t < first.length; t++) {
      product += first[t] * second[t];
      squares += first[t] * first[t];
      others += second[t] * second[t];
    }
    return Math.abs(product) / Math.sqrt(squares * others);
  }

  /// The span of a ramp says which share of it is seen; its end is scaled by 0.8 to 1.2.
  @Test
  void theInvariantViewShowsHalfOfTheTimeAPart() {
    TimeSeries series = TimeSeries.of(ramp(1000));
    var view = new InvariantView(new RateRange(1, 1), 0.25, 64);
    RandomGenerator random = new SplittableRandom(1);
    int whole = 0;
    DoubleSummaryStatistics shares = new DoubleSummaryStatistics();
    for (int i = 0; i < 400; i++) {
      float[] seen = view.apply(series, random).channel(0);
      assertEquals(64, seen.length);
      double share = (seen[63] - seen[0]) / seen[63]; // 1 only if it begins with the ramp
      if (share > 0.995) whole++;
      shares.accept((seen[63] - seen[0]) / 999);
    }
    assertEquals(200, whole, 50);
    assertTrue(shares.getMin() > 0.25 * 0.79 && shares.getMin() < 0.3, shares::toString);
    assertThrows(IllegalArgumentException.class, () -> new InvariantView(new RateRange(1, 1), 0, 64));
  }

  private static float[] ramp(int length) {
    float[] values = new float[length];
    for (int t = 0; t < length; t++) values[t] = t;
    return values;
  }

  private static float[] wave(int length, int cycles) {
    float[] values = new float[length];
    for (int t = 0; t < length; t++) values[t] = (float) Math.sin(2 * Math.PI * cycles * t / length + 0.3);
    return values;
  }
}
