package dev.anyrate.augment.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputPreparationTest {

  @Test
  void standardizesAndBringsToTheCanonicalLength() {
    var preparation = new InputPreparation(new Standardization(new float[] {1}, new float[] {2}), 5);
    assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f, 2}, preparation.apply(TimeSeries.of(new float[] {1, 3, 5})).channel(0));
  }

  @Test
  void shrinksByMeansNotBySkipping() {
    var preparation = new InputPreparation(new Standardization(new float[] {0}, new float[] {1}), 3);
    float[] alternating = {1, -1, 1, -1, 1, -1, 1, -1, 1};
    // Cells of width 3 around 0, 4 and 8; half of the outer ones holds the end value.
    assertArrayEquals(new float[] {1.25f / 3, -0.5f / 3, 1.25f / 3}, preparation.apply(TimeSeries.of(alternating)).channel(0),
        1e-6f);
  }

  @Test
  void aSeriesByItsOwnNumbersComesOutAlikeFromRecordersOfAnyGain() {
    TimeSeriesSet train = TimeSeriesSet.of("set",
        List.of(TimeSeries.of("a", new float[] {1, 2, 4}), TimeSeries.of("b", new float[] {9, 7, 8})));
    TimeSeries louder = TimeSeries.of(new float[] {12, 14, 18}); // 10 + 2 times the first
    InputPreparation bySeries = InputPreparation.fit(train, StandardizationScope.SERIES);
    assertArrayEquals(bySeries.apply(train.get(0)).channel(0), bySeries.apply(louder).channel(0), 1e-5f);
    float[] itself = bySeries.standardize(louder).channel(0);
    assertEquals(0, itself[0] + itself[1] + itself[2], 1e-5f);
    assertEquals(3, itself[0] * itself[0] + itself[1] * itself[1] + itself[2] * itself[2], 1e-4f);
    InputPreparation bySet = InputPreparation.fit(train);
    assertTrue(bySet.apply(louder).channel(0)[0] > 1 + bySet.apply(train.get(0)).channel(0)[0]);
  }

  @Test
  void aFlatSeriesByItsOwnNumbersIsZero() {
    TimeSeriesSet train = TimeSeriesSet.of("set",
        List.of(TimeSeries.of("a", new float[] {1, 2, 4}), TimeSeries.of("b", new float[] {9, 7, 8})));
    TimeSeries flat = TimeSeries.of(new float[] {5, 5, 5});
    for (float value : InputPreparation.fit(train, StandardizationScope.SERIES).apply(flat).channel(0))
      assertEquals(0, value, 1e-6f);
  }

  @Test
  void keepsLabelsAndOrder() {
    TimeSeriesSet set = TimeSeriesSet.of("set",
        List.of(TimeSeries.of("b", new float[] {1, 2}), TimeSeries.of("a", new float[] {1, 2, 3})));
    TimeSeriesSet prepared = InputPreparation.fit(set).apply(set);
    assertArrayEquals(new int[] {1, 0}, prepared.labels());
    assertEquals(64, prepared.minLength());
    assertEquals(64, prepared.maxLength());
  }

  @Test
  void takesALengthThatIsGiven() {
    TimeSeriesSet set = TimeSeriesSet.of("set",
        List.of(TimeSeries.of("b", new float[] {1, 2}), TimeSeries.of("a", new float[] {1, 2, 3})));
    for (StandardizationScope scope : StandardizationScope.values()) {
      InputPreparation given = InputPreparation.fit(set, scope, 64);
      assertEquals(InputPreparation.fit(set, scope), given, "64 is what the data ask for");
      assertEquals(9, InputPreparation.fit(set, scope, 9).apply(set).maxLength());
    }
    assertThrows(IllegalArgumentException.class, () -> InputPreparation.fit(set, StandardizationScope.SET, 1));
  }

  @Test
  void refusesALengthBelowTwo() {
    assertThrows(IllegalArgumentException.class,
        () -> new InputPreparation(new Standardization(new float[1], new float[] {1}), 1));
  }
}
