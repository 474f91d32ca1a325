package dev.anyrate.model.evaluate.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorTest {
  private static TimeSeriesSet ramp(int length) {
    float[] values = new float[length];
    for (int t = 0; t < length; t++) values[t] = t;
    return TimeSeriesSet.of("ramp", List.of(TimeSeries.of(values)));
  }

  /// Also where the length is no multiple of k: ten samples at a quarter of the rate are those at 0, 4 and 8, not at 0, 3 and 6, which is a third of it.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 10})
  void decimationKeepsEveryKthSample(int k) {
    var view = new TestView(RateProtocol.WHOLE, Sensor.DECIMATION, 1.0 / k);
    assertTrue(Sensor.DECIMATION.reaches(1.0 / k));
    for (int length = k + 2; length <= 60; length++) {
      float[] seen = view.of(ramp(length)).get(0).channel(0);
      float[] expected = new float[seen.length];
      for (int i = 0; i < expected.length; i++) expected[i] = i * k;
      assertArrayEquals(expected, seen, length + " samples");
    }
  }

  @Test
  void decimationOfFewerSamplesThanTwoSpacingsKeepsTheEnds() {
    var view = new TestView(RateProtocol.WHOLE, Sensor.DECIMATION, 0.1);
    assertArrayEquals(new float[] {0, 4}, view.of(ramp(5)).get(0).channel(0));
  }

  @Test
  void decimationReachesOnlyRatesThatKeepEveryKthSample() {
    for (double rate : new double[] {0.75, 1, 1.5, 2}) assertFalse(Sensor.DECIMATION.reaches(rate));
  }

  /// The filter itself would draw the ends of a series towards zero.
  @Test
  void theSharpFilterKeepsAConstant() {
    TimeSeriesSet constant = ramp(80).map(series -> series.withChannels(filled(80)));
    float[] seen = new TestView(RateProtocol.WHOLE, Sensor.POLYPHASE, 0.5).of(constant).get(0).channel(0);
    assertArrayEquals(filled(40), seen, 1e-5f);
  }

  private static float[] filled(int length) {
    float[] values = new float[length];
    Arrays.fill(values, 7);
    return values;
  }
}
