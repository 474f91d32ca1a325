package dev.anyrate.augment.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AreaFilterTest {
  private final Resampler area = ResampleMethod.AREA.resampler();

  @Test
  void isTheMeanOfTheInterpolantOverEachCell() {
    var random = new SplittableRandom(5);
    float[] series = new float[50];
    for (int i = 0; i < series.length; i++) series[i] = (float) random.nextGaussian();
    for (int m : new int[] {2, 3, 7, 25, 33, 49}) {
      float[] expected = new float[m];
      for (int j = 0; j < m; j++) expected[j] = meanByManyPoints(series, j * 49.0 / (m - 1), 50.0 / m);
      assertArrayEquals(expected, area.resample(series, m), 1e-4f, "to " + m);
    }
  }

  private static float meanByManyPoints(float[] series, double centre, double width) {
    int points = 20_000;
    double sum = 0;
    for (int k = 0; k < points; k++) {
      double place = Math.clamp(centre + ((k + 0.5) / points - 0.5) * width, 0, series.length - 1);
      sum += LinearInterpolation.at(series, series.length, place);
    }
    return (float) (sum / points);
  }

  @Test
  void isLinearInterpolationWhenItStretches() {
    float[] series = {1, 4, -2, 0};
    assertArrayEquals(ResampleMethod.LINEAR.resampler().resample(series, 11), area.resample(series, 11));
  }

  @Test
  void removesWhatLinearInterpolationFoldsBack() {
    float[] alternating = new float[201];
    for (int i = 0; i < alternating.length; i++) alternating[i] = i % 2 == 0 ? 1 : -1;
    assertEquals(1, energy(ResampleMethod.LINEAR.resampler().resample(alternating, 51)), 1e-9); // every fourth sample: all 1
    assertTrue(energy(area.resample(alternating, 51)) < 0.02);
  }

  @Test
  void putsAFeatureWhereStretchingPutsIt() {
    // A bump recorded with 40 and with 800 samples comes out alike at 100: one is stretched, one is shrunk.
    float[] slow = area.resample(bump(40), 100);
    float[] fast = area.resample(bump(800), 100);
    assertArrayEquals(slow, fast, 0.02f);
  }

  private static float[] bump(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) values[i] = (float) Math.exp(-Math.pow((i / (length - 1.0) - 0.1) / 0.1, 2));
    return values;
  }

  private static double energy(float[] values) {
    double sum = 0;
    for (float value : values) sum += value * value;
    return sum / values.length;
  }
}
