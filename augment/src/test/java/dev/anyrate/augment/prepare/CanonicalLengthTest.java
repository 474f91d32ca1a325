package dev.anyrate.augment.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.read.RealData;
import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalLengthTest {

  @Test
  void isTheShortestThatHoldsTheContent() {
    assertEquals(128, CanonicalLength.choose(waves(1000, 24)));
    assertEquals(192, CanonicalLength.choose(waves(1000, 40)));
    assertEquals(96, CanonicalLength.choose(waves(150, 16)));
  }

  @Test
  void keepsHalfTheSamplesOfSmoothSeriesUpTo128() {
    assertEquals(64, CanonicalLength.choose(waves(129, 1)));
    assertEquals(96, CanonicalLength.choose(waves(130, 1)));
    assertEquals(128, CanonicalLength.choose(waves(194, 1)));
    assertEquals(128, CanonicalLength.choose(waves(1000, 4)));
    assertEquals(128, CanonicalLength.choose(TimeSeriesSet.of("flat", List.of(TimeSeries.of(new float[300])))));
  }

  @Test
  void isTheShortestCandidateForShortSeries() {
    assertEquals(64, CanonicalLength.choose(waves(20, 9)));
    assertEquals(64, CanonicalLength.choose(TimeSeriesSet.of("flat", List.of(TimeSeries.of(new float[30])))));
  }

  @Test
  void isTheMedianLengthWithinBoundsWhereNoCandidateHoldsTheContent() {
    assertEquals(512, CanonicalLength.choose(noise(600, 700, 800)));
    assertEquals(450, CanonicalLength.choose(noise(450, 450, 5000)));
  }

  @Test
  void losesNothingOfSeriesThatAreNotLonger() {
    TimeSeriesSet noise = noise(100, 128);
    assertEquals(0, CanonicalLength.loss(noise, 128));
    assertTrue(CanonicalLength.loss(noise, 64) > 0.3);
  }

  /// What a separate computation with NumPy gives.
  @ParameterizedTest
  @CsvSource({"ArrowHead, 128, 0.0009", "BasicMotions, 128, 0.1961", "CWRU12k, 512, 0.9732", "CWRU48k, 512, 0.9294",
      "ECG200, 64, 0.0149",
      "GunPoint, 96, 0.0007", "ItalyPowerDemand, 64, 0", "JapaneseVowels, 64, 0", "Trace, 128, 0.0123"})
  void suitsRealSets(String name, int expected, double lossAt64) {
    TimeSeriesSet train = SeriesFiles.read(RealData.folder(name));
    InputPreparation preparation = InputPreparation.fit(train);
    assertEquals(expected, preparation.canonicalLength());
    assertEquals(lossAt64, CanonicalLength.loss(preparation.standardization().apply(train), 64), 6e-5);
  }

  private static TimeSeriesSet waves(int length, int cycles) {
    float[] values = new float[length];
    for (int t = 0; t < length; t++) values[t] = (float) Math.sin(2 * Math.PI * cycles * t / length);
    return TimeSeriesSet.of("waves", List.of(TimeSeries.of(values)));
  }

  private static TimeSeriesSet noise(int... lengths) {
    var random = new SplittableRandom(1);
    return TimeSeriesSet.of("noise", Arrays.stream(lengths).mapToObj(length -> {
      float[] values = new float[length];
      for (int t = 0; t < length; t++) values[t] = (float) random.nextGaussian();
      return TimeSeries.of(values);
    }).toList());
  }
}
