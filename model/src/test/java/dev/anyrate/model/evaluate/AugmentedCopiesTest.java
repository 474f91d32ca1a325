package dev.anyrate.model.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentedCopiesTest {
  private static final int COUNT = 40;
  private static final int LENGTH = 96;
  private static final TimeSeriesSet TRAIN = SyntheticData.create(COUNT, LENGTH, 2, 4, 1);

  private static List<TimeSeries> copy(int index) {
    return AugmentedCopies.of(TRAIN, 5).series().subList(index * COUNT, (index + 1) * COUNT);
  }

  @Test
  void theSetItselfComesFirstThenSixCopiesUnderTheSameLabels() {
    TimeSeriesSet copies = AugmentedCopies.of(TRAIN, 5);
    assertEquals(7 * COUNT, copies.size());
    assertEquals(TRAIN.series(), copy(0));
    for (int i = 0; i < copies.size(); i++) assertEquals(TRAIN.labels()[i % COUNT], copies.labels()[i]);
  }

  @Test
  void threeCopiesShowTheWholeSpanAtAnotherRate() {
    for (int index = 1; index <= 3; index++) {
      for (int i = 0; i < COUNT; i++) {
        float[] original = TRAIN.get(i).channel(0);
        float[] resampled = copy(index).get(i).channel(0);
        assertEquals(original[0], resampled[0]);
        assertEquals(original[LENGTH - 1], resampled[resampled.length - 1]);
      }
      IntSummaryStatistics lengths = copy(index).stream().mapToInt(TimeSeries::length).summaryStatistics();
      assertTrue(lengths.getMin() >= LENGTH / 4 && lengths.getMin() < LENGTH / 2, "shortest " + lengths.getMin());
      assertTrue(lengths.getMax() <= LENGTH * 4 && lengths.getMax() > LENGTH * 2, "longest " + lengths.getMax());
    }
  }

  @Test
  void threeCopiesAreWindowsOfAQuarterOrMore() {
    for (int index = 4; index <= 6; index++) {
      for (int i = 0; i < COUNT; i++) {
        TimeSeries cut = copy(index).get(i);
        assertTrue(cut.length() >= LENGTH / 4 && cut.length() <= LENGTH, "length " + cut.length());
        assertTrue(isWindow(cut.channel(1), TRAIN.get(i).channel(1)), "series " + i);
      }
    }
  }

  private static boolean isWindow(float[] part, float[] whole) {
    for (int start = 0; start + part.length <= whole.length; start++) {
      if (Arrays.equals(part, 0, part.length, whole, start, start + part.length)) return true;
    }
    return false;
  }

  @Test
  void theSeedDecides() {
    assertEquals(AugmentedCopies.of(TRAIN, 5), AugmentedCopies.of(TRAIN, 5));
    assertNotEquals(AugmentedCopies.of(TRAIN, 5), AugmentedCopies.of(TRAIN, 6));
    assertNotEquals(copy(1), copy(2));
  }
}
