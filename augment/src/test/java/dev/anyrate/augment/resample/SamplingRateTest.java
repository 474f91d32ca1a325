package dev.anyrate.augment.resample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingRateTest {

  @ParameterizedTest
  @CsvSource({"150, 0.25, 38", "150, 0.5, 75", "113, 0.5, 57", "51, 0.25, 13", "7, 0.25, 2", "2, 0.001, 2", "24, 4, 96",
      "100, 1, 100"})
  void roundsHalvesUpAndKeepsTwo(int length, double rate, int expected) {
    assertEquals(expected, new SamplingRate(rate).newLength(length));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, Double.NaN, 1e9, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoRate(double rate) {
    String message = assertThrows(IllegalArgumentException.class, () -> new SamplingRate(rate)).getMessage();
    assertTrue(message.startsWith("rate " + rate + ": "), message);
  }

  @Test
  void refusesALengthBeyondTheLimit() {
    String message = assertThrows(IllegalArgumentException.class, () -> new SamplingRate(10_000).newLength(2000)).getMessage();
    assertTrue(message.contains("20000000") && message.contains("16777216"), message);
    assertEquals(SamplingRate.MAX_LENGTH, new SamplingRate(4096).newLength(4096));
  }

  @Test
  void refusesARangeTheWrongWayRound() {
    assertThrows(IllegalArgumentException.class, () -> SamplingRate.checkRange(2, 1));
    assertThrows(IllegalArgumentException.class, () -> SamplingRate.checkRange(0, 1));
  }

  @Test
  void appliesToASeries() {
    TimeSeries series = TimeSeries.of("a", new float[] {0, 1, 2});
    assertEquals(TimeSeries.of("a", new float[] {0, 0.4f, 0.8f, 1.2f, 1.6f, 2}),
        new SamplingRate(2).apply(series, ResampleMethod.LINEAR.resampler()));
  }
}
