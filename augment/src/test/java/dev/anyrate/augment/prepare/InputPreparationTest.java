package dev.anyrate.augment.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
  void keepsLabelsAndOrder() {
    TimeSeriesSet set = TimeSeriesSet.of("set",
        List.of(TimeSeries.of("b", new float[] {1, 2}), TimeSeries.of("a", new float[] {1, 2, 3})));
    TimeSeriesSet prepared = InputPreparation.fit(set).apply(set);
    assertArrayEquals(new int[] {1, 0}, prepared.labels());
    assertEquals(64, prepared.minLength());
    assertEquals(64, prepared.maxLength());
  }

  @Test
  void refusesALengthBelowTwo() {
    assertThrows(IllegalArgumentException.class,
        () -> new InputPreparation(new Standardization(new float[1], new float[] {1}), 1));
  }
}
