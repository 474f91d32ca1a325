package dev.anyrate.augment.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticDataTest {

  @Test
  void hasTheShapeAskedForAndBalancedClasses() {
    TimeSeriesSet set = SyntheticData.create(103, 64, 3, 5, 1);
    assertEquals(103, set.size());
    assertEquals(64, set.minLength());
    assertEquals(64, set.maxLength());
    assertEquals(3, set.channels());
    assertEquals(List.of("0", "1", "2", "3", "4"), set.classNames());
    int[] labels = set.labels();
    for (int label = 0; label < 5; label++) {
      int wanted = label;
      assertEquals(20.6, IntStream.of(labels).filter(one -> one == wanted).count(), 1);
    }
  }

  @Test
  void isGivenByItsSeed() {
    assertEquals(SyntheticData.create(10, 50, 1, 2, 7), SyntheticData.create(10, 50, 1, 2, 7));
    assertNotEquals(SyntheticData.create(10, 50, 1, 2, 7), SyntheticData.create(10, 50, 1, 2, 8));
    assertEquals(SyntheticData.create(10, 50, 1, 2, 7).series(), SyntheticData.create(30, 50, 1, 2, 7).series().subList(0, 10));
  }

  @Test
  void hasChannelsOfMeanZeroAndDeviationOne() {
    for (TimeSeries series : SyntheticData.create(20, 100, 2, 4, 3)) {
      for (int c = 0; c < 2; c++) {
        float[] values = series.channel(c);
        assertEquals(0, IntStream.range(0, 100).mapToDouble(t -> values[t]).average().orElseThrow(), 1e-5);
        assertEquals(1, IntStream.range(0, 100).mapToDouble(t -> values[t] * values[t]).average().orElseThrow(), 1e-4);
      }
    }
  }

  @Test
  void hidesItsClassesFromMeansOfRawValuesButNotFromMeansOfSpectra() {
    TimeSeriesSet train = SyntheticData.create(300, 128, 1, 5, 1);
    TimeSeriesSet test = SyntheticData.create(300, 128, 1, 5, 2);
    double raw = nearestMeanAccuracy(train, test, SyntheticDataTest::values);
    double spectra = nearestMeanAccuracy(train, test, SyntheticDataTest::spectrum);
    assertTrue(raw < 0.4, "nearest mean of raw values: " + raw);
    assertTrue(spectra > 0.8, "nearest mean of spectra: " + spectra);
  }

  @Test
  void refusesCountsThatAreTooSmall() {
    for (int[] counts : new int[][] {{10, 50, 1, 0}, {4, 50, 1, 5}, {10, 1, 1, 2}, {10, 50, 0, 2}, {0, 50, 1, 0}}) {
      String message = assertThrows(IllegalArgumentException.class,
          () -> SyntheticData.create(counts[0], counts[1], counts[2], counts[3], 1)).getMessage();
      assertTrue(message.startsWith("synthetic data: " + counts[0] + " series"), message);
    }
  }

  private interface Features {
    double[] of(TimeSeries series);
  }

  private static double nearestMeanAccuracy(TimeSeriesSet train, TimeSeriesSet test, Features features) {
    int classes = train.classNames().size();
    int[] trainLabels = train.labels();
    int[] testLabels = test.labels();
    double[][] means = new double[classes][features.of(train.get(0)).length];
    for (int i = 0; i < train.size(); i++) {
      double[] one = features.of(train.get(i));
      for (int d = 0; d < one.length; d++) means[trainLabels[i]][d] += one[d] * classes / train.size();
    }
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      double[] one = features.of(test.get(i));
      int nearest = 0;
      for (int k = 1; k < classes; k++) {
        if (squaredDistance(one, means[k]) < squaredDistance(one, means[nearest])) nearest = k;
      }
      if (nearest == testLabels[i]) right++;
    }
    return (double) right / test.size();
  }

  private static double squaredDistance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d])).sum();
  }

  private static double[] values(TimeSeries series) {
    return IntStream.range(0, series.length()).mapToDouble(t -> series.channel(0)[t]).toArray();
  }

  private static double[] spectrum(TimeSeries series) {
    double[] magnitudes = new double[25];
    for (int cycles = 1; cycles <= magnitudes.length; cycles++) {
      double real = 0;
      double imaginary = 0;
      for (int t = 0; t < series.length(); t++) {
        double angle = 2 * Math.PI * cycles * t / series.length();
        real += series.channel(0)[t] * Math.cos(angle);
        imaginary += series.channel(0)[t] * Math.sin(angle);
      }
      magnitudes[cycles - 1] = Math.hypot(real, imaginary);
    }
    return magnitudes;
  }
}
