package dev.anyrate.augment.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResampleMethodTest {
  private static final float TOLERANCE = 1e-6f;
  private static final float[] TWO = {1, -2};
  private static final float[] THREE = {1, 3, -2};
  private static final float[] FOUR = {1, 3, -2, 0.5f};
  @ParameterizedTest
  @EnumSource
  void keepsASeriesOfTheSameLength(ResampleMethod method) {
    for (int n : new int[] {2, 3, 4, 5, 40}) {
      float[] series = noise(n);
      assertArrayEquals(series, method.resampler().resample(series, n), method + " of " + n);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLYPHASE") // it takes the series as zero beyond its ends
  void keepsAConstantAtAnyLength(ResampleMethod method) {
    for (int n : new int[] {2, 3, 4, 17}) {
      for (int m : new int[] {2, 3, 16, 100}) {
        float[] constant = new float[n];
        Arrays.fill(constant, 7);
        float[] expected = new float[m];
        Arrays.fill(expected, 7);
        assertArrayEquals(expected, method.resampler().resample(constant, m), TOLERANCE, method + " " + n + " to " + m);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesLengthsThatAreTooShort(ResampleMethod method) {
    for (int length : new int[] {1, 0, -1}) {
      String message = assertThrows(IllegalArgumentException.class, () -> method.resampler().resample(FOUR, length)).getMessage();
      assertTrue(message.contains("4 to " + length + " samples"), message);
    }
    assertThrows(IllegalArgumentException.class, () -> method.resampler().resample(new float[1], 4));
  }

  @ParameterizedTest
  @EnumSource
  void readsAndWritesOnlyWhatItIsGiven(ResampleMethod method) {
    float[] series = noise(9);
    float[] in = Arrays.copyOf(series, 12);
    Arrays.fill(in, 9, 12, Float.NaN);
    float[] out = new float[20];
    Arrays.fill(out, 5);
    double[] work = new double[method.resampler().workLength(9, 14) + 3];
    Arrays.fill(work, Double.NaN);
    method.resampler().resample(in, 9, out, 14, work);
    assertArrayEquals(method.resampler().resample(series, 14), Arrays.copyOf(out, 14));
    assertArrayEquals(new float[] {5, 5, 5, 5, 5, 5}, Arrays.copyOfRange(out, 14, 20));
  }

  @ParameterizedTest
  @EnumSource
  void refusesLengthsAndArraysThatAreTooShort(ResampleMethod method) {
    Resampler resampler = method.resampler();
    assertThrows(IllegalArgumentException.class, () -> resampler.resample(new float[1], 5));
    assertThrows(IllegalArgumentException.class, () -> resampler.resample(new float[5], 1));
    assertThrows(IllegalArgumentException.class, () -> resampler.resample(new float[4], 5, new float[9], 9));
    assertThrows(IllegalArgumentException.class, () -> resampler.resample(new float[5], 5, new float[8], 9));
  }

  @ParameterizedTest
  @EnumSource
  void resamplesAllChannelsAndKeepsTheLabel(ResampleMethod method) {
    TimeSeries series = TimeSeries.of("a", noise(8), FOUR_TWICE);
    TimeSeries result = method.resampler().resample(series, 5);
    assertEquals("a", result.label().orElseThrow());
    assertArrayEquals(method.resampler().resample(series.channel(1), 5), result.channel(1));
    assertThrows(BadSeriesException.class, () -> method.resampler().resample(TimeSeries.of(new float[] {1, Float.NaN}), 5));
  }

  private static final float[] FOUR_TWICE = {1, 3, -2, 0.5f, 1, 3, -2, 0.5f};

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(ResampleMethod method) {
    assertSame(method, ResampleMethod.of(method.id()));
  }

  @Test
  void anUnknownNameIsAnsweredWithAllNames() {
    String message = assertThrows(IllegalArgumentException.class, () -> ResampleMethod.of("sinc")).getMessage();
    assertEquals(
        "unknown resampling method 'sinc'; choose one of linear, linear-half-pixel, cubic, cubic-natural, pchip, area, polyphase",
        message);
  }

  @Test
  void aFilterThatWouldBeTooLongIsRefusedWithWhatToDo() {
    int most = PolyphaseFilter.MAX_FACTOR;
    String message = assertThrows(IllegalArgumentException.class, () -> new PolyphaseFilter(most + 1, most)).getMessage();
    assertEquals("polyphase: 1048577/1048576 in lowest terms needs too long a filter, neither may be above 1048576;"
        + " choose a length or rate by which they have a larger common divisor, or another method, such as area", message);
  }

  // Short series: expected values of SciPy 1.17, at seven evenly spaced places.

  @Test
  void twoSamplesAreALineForEveryInterpolation() {
    float[] line = {1, 0.5f, 0, -0.5f, -1, -1.5f, -2};
    assertResampled(ResampleMethod.LINEAR, TWO, line);
    assertResampled(ResampleMethod.CUBIC, TWO, line);
    assertResampled(ResampleMethod.CUBIC_NATURAL, TWO, line);
    assertResampled(ResampleMethod.PCHIP, TWO, line);
    assertResampled(ResampleMethod.AREA, TWO, line);
  }

  @Test
  void threeSamples() {
    assertResampled(ResampleMethod.CUBIC, THREE, 1, 2.444444444f, 3.111111111f, 3, 2.111111111f, 0.444444444f, -2);
    assertResampled(ResampleMethod.CUBIC_NATURAL, THREE, 1, 2.185185185f, 2.981481481f, 3, 1.981481481f, 0.185185185f, -2);
    assertResampled(ResampleMethod.PCHIP, THREE, 1, 2.333333333f, 2.888888889f, 3, 2.333333333f, 0.555555556f, -2);
    assertResampled(ResampleMethod.LINEAR_HALF_PIXEL, THREE, 1, 1.285714286f, 2.142857143f, 3, 0.857142857f, -1.285714286f, -2);
    assertResampled(ResampleMethod.POLYPHASE, THREE, 1.000662605f, 2.713973159f, 3.294383344f, 1.734029235f, -0.841951681f,
        -2.228103929f,
        -1.535872820f);
  }

  @Test
  void fourSamples() {
    assertResampled(ResampleMethod.CUBIC, FOUR, 1, 3.78125f, 3, 0.46875f, -2, -2.59375f, 0.5f);
    assertResampled(ResampleMethod.CUBIC_NATURAL, FOUR, 1, 2.8875f, 3, 0.4625f, -2, -1.675f, 0.5f);
    assertResampled(ResampleMethod.PCHIP, FOUR, 1, 2.6875f, 3, 0.5f, -2, -1.53125f, 0.5f);
  }

  @Test
  void theNotAKnotSplineIsEqualToACubicPolynomial() {
    float[] series = new float[200];
    float[] expected = new float[777];
    for (int i = 0; i < series.length; i++) series[i] = cubic(i / 199.0);
    for (int j = 0; j < expected.length; j++) expected[j] = cubic(j / 776.0);
    assertArrayEquals(expected, ResampleMethod.CUBIC.resampler().resample(series, expected.length), TOLERANCE);
  }

  private static float cubic(double t) {
    return (float) (1 + t - 3 * t * t + 2 * t * t * t);
  }

  @Test
  void pchipNeverOvershoots() {
    float[] steps = {0, 0, 1, 1, 1, 5, 5};
    float previous = 0;
    for (float value : ResampleMethod.PCHIP.resampler().resample(steps, 500)) {
      assertTrue(value >= previous && value <= 5, "rises from 0 to 5, but " + value + " follows " + previous);
      previous = value;
    }
  }

  @Test
  void anyPolyphaseRatioEqualsItsLowestTerms() {
    float[] series = noise(60);
    float[] expected = new float[45];
    new PolyphaseFilter(3, 4).filter(series, 60, expected);
    assertArrayEquals(expected, ResampleMethod.POLYPHASE.resampler().resample(series, 45));
    assertThrows(IllegalArgumentException.class, () -> new PolyphaseFilter(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new PolyphaseFilter((1 << 20) + 1, 1 << 20));
  }

  private static void assertResampled(ResampleMethod method, float[] in, float... expected) {
    assertArrayEquals(expected, method.resampler().resample(in, expected.length), TOLERANCE, method.id());
  }

  private static float[] noise(int length) {
    var random = new SplittableRandom(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) values[i] = (float) random.nextGaussian();
    return values;
  }
}
