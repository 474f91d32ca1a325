package dev.anyrate.augment.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardizationTest {
  private static final TimeSeriesSet TRAIN = TimeSeriesSet.of("train",
      List.of(TimeSeries.of("a", new float[] {1, 3}, new float[] {7, 7}),
          TimeSeries.of("b", new float[] {1, 3, 1, 3}, new float[] {7, 7, 7, 7})));

  @Test
  void countsEverySampleOfEverySeriesOnce() {
    Standardization fitted = Standardization.fit(TimeSeriesSet.of("set", List.of(TimeSeries.of(new float[] {0, 0}),
        TimeSeries.of(new float[] {6, 6, 6, 6}))));
    assertArrayEquals(new float[] {4}, fitted.mean());
    assertEquals(Math.sqrt(8), fitted.deviation()[0], 1e-6);
  }

  @Test
  void bringsChannelsToMeanZeroAndDeviationOne() {
    TimeSeriesSet standardized = Standardization.fit(TRAIN).apply(TRAIN);
    assertArrayEquals(new float[] {-1, 1, -1, 1}, standardized.get(1).channel(0));
    assertEquals("b", standardized.get(1).label().orElseThrow());
  }

  @Test
  void aConstantChannelGetsDeviationOne() {
    Standardization fitted = Standardization.fit(TRAIN);
    assertEquals(1, fitted.deviation()[1]);
    assertArrayEquals(new float[] {0, 0}, fitted.apply(TRAIN.get(0)).channel(1));
    TimeSeriesSet third = TimeSeriesSet.of("third", List.of(TimeSeries.of(new float[] {1 / 3f, 1 / 3f, 1 / 3f})));
    assertEquals(1, Standardization.fit(third).deviation()[0], "the rounding of a mean is no deviation");
  }

  @Test
  void isRestoredFromItsNumbers() {
    Standardization fitted = Standardization.fit(TRAIN);
    assertEquals(fitted, new Standardization(fitted.mean(), fitted.deviation()));
  }

  @Test
  void refusesOtherChannelsAndImpossibleNumbers() {
    String message = assertThrows(BadSeriesException.class, () -> Standardization.fit(TRAIN).apply(TimeSeries.of(new float[2])))
        .getMessage();
    assertTrue(message.contains("1 channel,") && message.contains("fitted on 2"), message);
    assertThrows(IllegalArgumentException.class, () -> new Standardization(new float[1], new float[] {0}));
    assertThrows(IllegalArgumentException.class, () -> new Standardization(new float[1], new float[] {Float.NaN}));
    assertThrows(IllegalArgumentException.class, () -> new Standardization(new float[] {1, 2}, new float[] {1}));
  }

  /// The value is finite, only in units of the deviation it is not.
  @Test
  void namesTheValueThatIsTooLarge() {
    Standardization small = new Standardization(new float[1], new float[] {1e-3f});
    String message = assertThrows(BadSeriesException.class, () -> small.apply(TimeSeries.of(new float[] {1, -3e38f})))
        .getMessage();
    assertTrue(message.startsWith("value 2 of channel 1 is -3.0E38, too large beside those"), message);
  }

  @Test
  void refusesMissingValues() {
    TimeSeriesSet gaps = TimeSeriesSet.of("gaps", List.of(TimeSeries.of(new float[] {1, Float.NaN})));
    assertThrows(BadSeriesException.class, () -> Standardization.fit(gaps));
  }
}
