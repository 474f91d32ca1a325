package dev.anyrate.augment.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MissingValuesTest {
  private static final float NAN = Float.NaN;
  private final TimeSeriesSet gappy = TimeSeriesSet.of("gappy", List.of(TimeSeries.of("a", new float[] {1, 2, 3, 4, 5}),
      TimeSeries.of("b", new float[] {NAN, 2, NAN, NAN, 8}), TimeSeries.of("b", new float[] {1, -1, 0, NAN, NAN})));

  @Test
  void refusalCountsTheGapsAndNamesTheOption() {
    String message = assertThrows(BadSeriesException.class, () -> MissingValues.REFUSE.apply(gappy)).getMessage();
    assertEquals("gappy: 5 missing values in 2 of 3 series; fill them in, or bridge them by MissingValues.INTERPOLATE", message);
  }

  @Test
  void interpolationBridgesGapsByLinesAndEndsByTheNearestValue() {
    TimeSeriesSet bridged = MissingValues.INTERPOLATE.apply(gappy).set();
    assertArrayEquals(new float[] {2, 2, 4, 6, 8}, bridged.get(1).channel(0));
    assertArrayEquals(new float[] {1, -1, 0, 0, 0}, bridged.get(2).channel(0));
    assertArrayEquals(new int[] {0, 1, 1}, bridged.labels());
  }

  @Test
  void interpolationReportsWhatItMadeUp() {
    MissingValues.Bridged bridged = MissingValues.INTERPOLATE.apply(gappy);
    assertEquals(5, bridged.values());
    assertEquals(2, bridged.series());
  }

  @Test
  void interpolationSurvivesTheLargestFloats() {
    TimeSeries series = TimeSeries.of(new float[] {-Float.MAX_VALUE, NAN, Float.MAX_VALUE});
    TimeSeriesSet bridged = MissingValues.INTERPOLATE.apply(TimeSeriesSet.of("huge", List.of(series))).set();
    assertEquals(0, bridged.get(0).channel(0)[1]);
  }

  @Test
  void aCompleteSetPassesAsItIs() {
    TimeSeriesSet complete = gappy.select(0);
    assertSame(complete, MissingValues.REFUSE.apply(complete).set());
    assertEquals(0, MissingValues.INTERPOLATE.apply(complete).values());
  }
}
