package dev.anyrate.model.minirocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The properties that the paper states, and small cases computed by hand.
class MiniRocketTest {
  private static final int[] FIRST_CHANNEL = {0};

  @Test
  void thereAre84DifferentKernelsWhoseWeightsSumToZero() {
    assertEquals(84, Arrays.stream(KernelSet.PLACES_OF_TWO).map(Arrays::toString).distinct().count());
    for (int[] places : KernelSet.PLACES_OF_TWO) {
      int[] weights = weights(places);
      assertEquals(0, Arrays.stream(weights).sum());
      assertEquals(3, Arrays.stream(weights).filter(weight -> weight == 2).count());
    }
  }

  private static int[] weights(int[] places) {
    int[] weights = new int[KernelSet.LENGTH];
    Arrays.fill(weights, -1);
    for (int place : places) weights[place] = 2;
    return weights;
  }

  @Test
  void theConvolutionIsThatOfTheWeightsWithZerosBeyondTheEnds() {
    float[] values = SyntheticData.create(2, 40, 1, 2, 5).get(0).channel(0);
    for (int spacing : new int[] {1, 2, 4}) {
      for (int kernel = 0; kernel < KernelSet.COUNT; kernel++) {
        float[] output = convolved(TimeSeries.of(values), kernel, spacing);
        int[] weights = weights(KernelSet.PLACES_OF_TWO[kernel]);
        for (int t = 0; t < values.length; t++) {
          double expected = 0;
          for (int j = 0; j < weights.length; j++) {
            int place = t + (j - 4) * spacing;
            if (place >= 0 && place < values.length) expected += weights[j] * values[place];
          }
          assertEquals(expected, output[t], 1e-4);
        }
      }
    }
  }

  private static float[] convolved(TimeSeries series, int kernel, int spacing) {
    var seen = new DilatedSeries(series.channels(), series.length());
    seen.set(series, spacing);
    float[] output = new float[series.length()];
    seen.convolve(kernel, FIRST_CHANNEL, output);
    return output;
  }

  @Test
  void anImpulseGivesTheKernelMirrored() {
    float[] impulse = {0, 0, 0, 0, 1, 0, 0, 0, 0};
    assertArrayEquals(new float[] {-1, -1, -1, -1, -1, -1, 2, 2, 2}, convolved(TimeSeries.of(impulse), 0, 1)); // 2 at places 0, 1, 2
    assertArrayEquals(new float[] {2, 2, 2, -1, -1, -1, -1, -1, -1}, convolved(TimeSeries.of(impulse), 83, 1)); // at 6, 7, 8
  }

  /// With nine samples the spacing is 1. The output for the impulse holds three 2 and six −1, so the quantile at φ mod 1 = 0.618 of its nine ascending values lies at
  /// place 4.944, at −1; the one at 2φ mod 1 = 0.236 at −1 as well; the one at 4φ mod 1 = 0.472 too; 3φ mod 1 = 0.854 lies at place 6.83, at 2.
  /// Above −1 is a third of the samples, above 2 none.
  @Test
  void biasesAndSharesOfASmallCaseAreThoseComputedByHand() {
    TimeSeriesSet impulse = TimeSeriesSet.of("impulse", List.of(TimeSeries.of(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0})));
    float[] features = MiniRocket.fit(impulse, 84 * 3, 1).transform(impulse)[0];
    assertEquals(84 * 3, features.length);
    assertEquals(1f / 3, features[0]); // kernel 0: the whole output, biases −1, −1, 2
    assertEquals(1f / 3, features[1]);
    assertEquals(0, features[2]);
    // Kernel 1 counts only the one sample where it lies within the series; there its output is the middle weight, −1: not above.
    assertEquals(0, features[3]);
  }

  @Test
  void aQuantileLiesOnTheStraightLineBetweenTwoValues() {
    float[] ascending = {1, 2, 4};
    assertEquals(1, MiniRocket.quantile(ascending, 0));
    assertEquals(1.5f, MiniRocket.quantile(ascending, 0.25));
    assertEquals(3, MiniRocket.quantile(ascending, 0.75));
    assertEquals(4, MiniRocket.quantile(ascending, 1));
  }

  /// Length 150 as of GunPoint, 119 features a kernel: the numbers of the authors' program, computed by hand from its formula.
  @Test
  void spacingsAreSpreadAsInTheAuthorsProgram() {
    Dilations dilations = Dilations.of(150, 119);
    assertEquals(1, dilations.spacing()[0]);
    assertEquals(18, dilations.spacing()[dilations.count() - 1]); // 18 · 8 = 144 fits in 150, 19 · 8 = 152 does not
    assertEquals(119, Arrays.stream(dilations.features()).sum());
    // Exponents are 4.219 · i / 31; floor(2^that) is 1 for i = 0 … 7: eight of 32, 8 · 119 / 32 = 29, and one of the remainder.
    assertEquals(30, dilations.features()[0]);
    assertTrue(8 * dilations.spacing()[dilations.count() - 1] <= 149);
  }

  @Test
  void sharesLieBetweenZeroAndOneAndTellSeriesApart() {
    TimeSeriesSet set = SyntheticData.create(12, 64, 2, 3, 1);
    MiniRocket rocket = MiniRocket.fit(set, MiniRocket.FEATURES, 1);
    assertEquals(9996, rocket.features());
    float[][] features = rocket.transform(set);
    for (float[] row : features) {
      for (float share : row) assertTrue(share >= 0 && share <= 1);
    }
    assertFalse(Arrays.equals(features[0], features[1]));
  }

  @Test
  void aSharedScaleChangesNothingWhereBiasesAreFittedAgain() {
    TimeSeriesSet set = SyntheticData.create(6, 64, 1, 3, 1);
    TimeSeriesSet scaled = set.map(series -> series.withChannels(scaled(series.channel(0), 4))); // a power of 2 rounds nothing
    assertArrayEquals(MiniRocket.fit(set, 840, 3).transform(set), MiniRocket.fit(scaled, 840, 3).transform(scaled));
  }

  @Test
  void aConstantChangesNothingWhereNoZerosArePadded() {
    float[] values = new float[40];
    for (int t = 0; t < values.length; t++) values[t] = t * 7 % 11; // whole numbers: sums are exact
    float[] lifted = values.clone();
    for (int t = 0; t < lifted.length; t++) lifted[t] += 100;
    for (int kernel = 0; kernel < KernelSet.COUNT; kernel++) {
      float[] inside = Arrays.copyOfRange(convolved(TimeSeries.of(values), kernel, 2), 8, 32);
      assertArrayEquals(inside, Arrays.copyOfRange(convolved(TimeSeries.of(lifted), kernel, 2), 8, 32));
    }
  }

  private static float[] scaled(float[] values, float factor) {
    float[] scaled = values.clone();
    for (int t = 0; t < scaled.length; t++) scaled[t] *= factor;
    return scaled;
  }

  @Test
  void theSeedDecidesEverything() {
    TimeSeriesSet set = SyntheticData.create(8, 64, 3, 2, 9);
    assertArrayEquals(MiniRocket.fit(set, 840, 3).transform(set), MiniRocket.fit(set, 840, 3).transform(set));
    assertFalse(Arrays.deepEquals(MiniRocket.fit(set, 840, 3).transform(set), MiniRocket.fit(set, 840, 4).transform(set)));
  }

  @Test
  void channelsAreSummed() {
    float[][] channels = {SyntheticData.create(2, 40, 1, 2, 5).get(0).channel(0),
        SyntheticData.create(2, 40, 1, 2, 6).get(0).channel(0)};
    var seen = new DilatedSeries(2, 40);
    seen.set(TimeSeries.of(channels), 2);
    float[] both = new float[40];
    seen.convolve(17, new int[] {1, 0}, both);
    float[] first = convolved(TimeSeries.of(channels[0]), 17, 2);
    float[] second = convolved(TimeSeries.of(channels[1]), 17, 2);
    for (int t = 0; t < 40; t++) assertEquals(first[t] + second[t], both[t], 1e-5);
  }

  @Test
  void refusesTrainingSeriesThatAreTooShortOrTooFewFeatures() {
    TimeSeriesSet set = SyntheticData.create(4, 64, 1, 2, 1);
    assertThrows(IllegalArgumentException.class, () -> MiniRocket.fit(SyntheticData.create(4, 8, 1, 2, 1), 84, 1));
    assertThrows(IllegalArgumentException.class, () -> MiniRocket.fit(set, 83, 1));
  }

  @Test
  void isMadeAgainFromWhatItFound() {
    TimeSeriesSet set = SyntheticData.create(8, 64, 3, 2, 9);
    MiniRocket fitted = MiniRocket.fit(set, 840, 3);
    assertArrayEquals(fitted.transform(set), MiniRocket.of(64, 3, 3, fitted.biases()).transform(set));
    assertThrows(IllegalArgumentException.class, () -> MiniRocket.of(64, 3, 3, new float[85]));
    assertThrows(IllegalArgumentException.class, () -> MiniRocket.of(64, 3, 3, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> MiniRocket.of(8, 3, 3, fitted.biases()));
  }

  /// Among others, and by itself: work arrays of one length must not serve another.
  @Test
  void eachSeriesCountsItsOwnSamplesWhateverItsLength() {
    TimeSeriesSet train = SyntheticData.create(6, 64, 1, 2, 1);
    MiniRocket rocket = MiniRocket.fit(train, 840, 1);
    List<TimeSeries> ofAllLengths = IntStream.of(64, 128, 3, 64, 9, 2).mapToObj(length -> train.get(length % 6)
        .withValuesOf(TimeSeries.of(Arrays.copyOf(train.get(length % 6).channel(0), length)))).toList();
    float[][] together = rocket.transform(TimeSeriesSet.of("all", ofAllLengths));
    for (int n = 0; n < ofAllLengths.size(); n++) {
      assertArrayEquals(together[n], rocket.transform(TimeSeriesSet.of("one", List.of(ofAllLengths.get(n))))[0]);
      for (float share : together[n]) assertTrue(share >= 0 && share <= 1);
    }
  }

  @Test
  void seriesOfOtherChannelsAreRefused() {
    MiniRocket fitted = MiniRocket.fit(SyntheticData.create(4, 30, 3, 2, 1), 84, 1);
    for (int channels : new int[] {2, 4}) {
      String message = assertThrows(IllegalArgumentException.class,
          () -> fitted.transform(SyntheticData.create(4, 30, channels, 2, 1))).getMessage();
      assertTrue(message.contains(channels + " channels, fitted to 3"), message);
    }
  }

  /// Of other lengths, and more than a thread takes at a time.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void threadsDoNotChangeABit(int threads) {
    TimeSeriesSet set = SyntheticData.create(30, 64, 2, 3, 1);
    TimeSeriesSet mixed = set.mapIndexed((n, series) -> series.part(0, 64 - n % 3 * 10));
    MiniRocket rocket = MiniRocket.fit(set, 840, 3);
    try (Engine engine = TestEngine.open(threads)) {
      assertArrayEquals(rocket.transform(mixed), rocket.transform(engine, mixed));
      assertArrayEquals(rocket.transform(mixed.select(29)), rocket.transform(engine, mixed.select(29)));
      assertThrows(IllegalArgumentException.class, () -> rocket.transform(engine, SyntheticData.create(4, 64, 1, 2, 1)));
    }
  }
}
