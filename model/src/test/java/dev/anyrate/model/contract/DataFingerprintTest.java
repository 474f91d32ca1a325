package dev.anyrate.model.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataFingerprintTest {
  private static final float[] UP = {1, 2, 3};
  private static final float[] DOWN = {3, 2, 1};

  private static String of(TimeSeries... series) {
    return DataFingerprint.of(TimeSeriesSet.of("set", List.of(series)));
  }

  /// The first 16 digits of SHA-256 over length, then channel after channel, big-endian, of each series; computed in Python. Training states hold it: another one would
  /// refuse to resume them.
  @Test
  void itIsTheOneOfTrainingStatesThatAreThere() {
    assertEquals("4eb70b60ca38f282", of(TimeSeries.of(UP, DOWN), TimeSeries.of(DOWN, UP)));
  }

  @Test
  void valuesAndTheirOrderCountAndLabelsDoNot() {
    String one = of(TimeSeries.of(UP), TimeSeries.of(DOWN));
    assertEquals(one, of(TimeSeries.of("a", UP), TimeSeries.of("b", DOWN)));
    assertNotEquals(one, of(TimeSeries.of(DOWN), TimeSeries.of(UP)));
    assertNotEquals(one, of(TimeSeries.of(UP, DOWN)));
    assertNotEquals(one, of(TimeSeries.of(new float[] {1, 2, 3, 0}), TimeSeries.of(DOWN)));
  }
}
