package dev.anyrate.augment.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimeSeriesTest {
  private static final float NAN = Float.NaN;

  @Test
  void isNotTouchedByChangesOfTheArraysItWasMadeOf() {
    float[] values = {1, 2, 3};
    TimeSeries series = TimeSeries.of(values);
    values[0] = 9;
    assertArrayEquals(new float[] {1, 2, 3}, series.channel(0));
  }

  @Test
  void equalsByLabelAndValues() {
    assertEquals(TimeSeries.of("a", new float[] {1, NAN}), TimeSeries.of("a", new float[] {1, NAN}));
    assertNotEquals(TimeSeries.of("a", new float[] {1, 2}), TimeSeries.of("b", new float[] {1, 2}));
    assertNotEquals(TimeSeries.of("a", new float[] {1, 2}), TimeSeries.of("a", new float[] {1, 3}));
  }

  @Test
  void refusesRaggedChannels() {
    assertComplaint("ragged channels: channel 1 has 3 values, channel 2 has 2", new float[3], new float[2]);
  }

  @Test
  void refusesOnePointAndNone() {
    assertComplaint("one point", new float[1]);
    assertComplaint("no point", new float[0]);
    assertComplaint("without channels");
  }

  @Test
  void refusesInfiniteValuesWithTheirPlace() {
    assertComplaint("value 2 of channel 2 is infinite", new float[] {1, 2}, new float[] {1, Float.NEGATIVE_INFINITY});
  }

  @Test
  void refusesAChannelWithoutAnyValue() {
    assertComplaint("all values of channel 2 are missing", new float[] {1, 2}, new float[] {NAN, NAN});
  }

  @Test
  void aPartHasNoSamplesThatTheSeriesHasNot() {
    TimeSeries series = TimeSeries.of(new float[] {1, 2, 3, 4});
    assertEquals(TimeSeries.of(new float[] {3, 4}), series.part(2, 2));
    for (int from : new int[] {3, -1, Integer.MAX_VALUE}) {
      String message = assertThrows(BadSeriesException.class, () -> series.part(from, 2)).getMessage();
      assertEquals("part of 2 samples from sample " + from + " on: the series has 4, counted from 0; ask for fewer", message);
    }
  }

  @Test
  void dropsTheTailThatIsMissingInAllChannels() {
    TimeSeries padded = TimeSeries.of(new float[] {1, 2, NAN, NAN}, new float[] {NAN, 2, 3, NAN});
    assertEquals(TimeSeries.of(new float[] {1, 2, NAN}, new float[] {NAN, 2, 3}), padded.withoutPadding());
    TimeSeries whole = TimeSeries.of(new float[] {NAN, 2});
    assertSame(whole, whole.withoutPadding());
  }

  @Test
  void refusesWhatIsOnePointWithoutItsPadding() {
    TimeSeries padded = TimeSeries.of(new float[] {1, NAN, NAN});
    assertTrue(assertThrows(BadSeriesException.class, padded::withoutPadding).getMessage().contains("one point"));
  }

  @Test
  void countsMissingValues() {
    assertEquals(2, TimeSeries.of(new float[] {1, NAN}, new float[] {NAN, 1}).missingValues());
    assertFalse(TimeSeries.of(new float[] {1, 2}).hasMissing());
  }

  @Test
  void isConstantOnlyIfNoChannelChanges() {
    assertTrue(TimeSeries.of(new float[] {3, 3}, new float[] {4, 4}).isConstant());
    assertFalse(TimeSeries.of(new float[] {3, 3}, new float[] {4, 5}).isConstant());
  }

  private static void assertComplaint(String expected, float[]... channels) {
    String message = assertThrows(BadSeriesException.class, () -> TimeSeries.of(channels)).getMessage();
    assertTrue(message.contains(expected), message);
    assertFalse(message.contains("\n"), message);
  }
}
