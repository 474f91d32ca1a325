package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateProtocolTest {
  private static TimeSeries ramp(int length) {
    float[] up = new float[length];
    float[] down = new float[length];
    for (int i = 0; i < length; i++) {
      up[i] = i;
      down[i] = -i;
    }
    return TimeSeries.of("a", up, down);
  }

  @ParameterizedTest
  @CsvSource({"7, 0.25, 2", "10, 0.25, 3", "150, 0.75, 113", "5, 0.5, 3", "4, 0.1, 2", "7, 1, 7", "7, 1.5, 11", "7, 4, 28"})
  void theWholeSeriesGetsTheRoundedLengthAndKeepsItsEnds(int length, double rate, int expected) {
    TimeSeries whole = RateProtocol.WHOLE.at(ramp(length), rate);
    assertEquals(expected, whole.length());
    assertEquals(0, whole.channel(0)[0]);
    assertEquals(length - 1, whole.channel(0)[expected - 1]);
    assertEquals("a", whole.label().orElseThrow());
  }

  @Test
  void aWindowAboveTheNativeRateIsTheMiddle() {
    TimeSeries window = RateProtocol.WINDOW.at(ramp(5), 2); // 10 samples, 4/9 apart; the middle five begin at the third
    float[] expected = {8 / 9f, 12 / 9f, 16 / 9f, 20 / 9f, 24 / 9f};
    assertArrayEquals(expected, window.channel(0), 1e-6f);
    for (int i = 0; i < 5; i++) assertEquals(-expected[i], window.channel(1)[i], 1e-6f);
  }

  @Test
  void aWindowBelowTheNativeRateIsTheShorterSeries() {
    assertEquals(RateProtocol.WHOLE.at(ramp(12), 0.5), RateProtocol.WINDOW.at(ramp(12), 0.5));
  }

  @Test
  void theNativeRateIsTheSeriesItself() {
    TimeSeries series = ramp(12);
    for (RateProtocol protocol : RateProtocol.values()) assertSame(series, protocol.at(series, 1));
  }

  @Test
  void seriesOfUnequalLengthsAreTreatedOneByOne() {
    TimeSeriesSet set = RateProtocol.WINDOW.at(TimeSeriesSet.of("unequal", List.of(ramp(7), ramp(29))), 1.5);
    assertEquals(List.of(7, 29), set.series().stream().map(TimeSeries::length).toList());
  }

  @Test
  void whatIsNoRateIsRefused() {
    for (double rate : new double[] {0, -1, 1e9, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> RateProtocol.WHOLE.at(ramp(12), rate));
      assertThrows(IllegalArgumentException.class, () -> new EvaluationOptions(List.of(1.0, rate), 1, "scalar", "cnn"));
    }
    assertThrows(IllegalArgumentException.class, () -> new EvaluationOptions(List.of(), 1, "scalar", "cnn"));
    assertThrows(IllegalArgumentException.class, () -> new EvaluationOptions(List.of(2.0, 2.0), 1, "scalar", "cnn"));
  }

  @Test
  void ratesAreWrittenAsInTheReport() {
    assertEquals(List.of("0.25", "0.5", "0.75", "1", "1.5", "2", "4"),
        RateProtocol.DEFAULT_RATES.stream().map(RateProtocol::key).toList());
    assertEquals("100", RateProtocol.key(100));
  }
}
