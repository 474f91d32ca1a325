package dev.anyrate.model.evaluate.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MiniRocketClassifierTest {
  /// A set of which series of one class alone are drawn; ridge needs two.
  @Test
  void whatIsDrawnOfALargeSetMeetsEveryClass() {
    TimeSeriesSet set = SyntheticData.create(90, 12, 1, 3, 5);
    var drawn = new HashSet<>(set.draw(30).series());
    TimeSeriesSet twoClasses = TimeSeriesSet.of("two",
        set.series().stream().map(one -> TimeSeries.of(drawn.contains(one) ? "drawn" : "other", one.channel(0))).toList());
    assertEquals(1, Arrays.stream(twoClasses.draw(30).labels()).distinct().count());
    TimeSeriesSet chosen = MiniRocketClassifier.drawn(twoClasses, 30);
    assertEquals(30, new HashSet<>(chosen.series()).size());
    assertEquals(2, Arrays.stream(chosen.labels()).distinct().count());
    assertEquals(twoClasses.draw(45), MiniRocketClassifier.drawn(twoClasses, 45)); // what meets all of them stays as it was
  }

  @Test
  void aClassOfTwoSeriesAtTheEndOfALargeSetIsMet() {
    TimeSeriesSet set = TimeSeriesSet.of("large", IntStream.range(0, 9000)
        .mapToObj(n -> TimeSeries.of(n < 8998 ? String.valueOf(n % 3) : "rare", new float[] {n, 1})).toList());
    assertEquals(3, Arrays.stream(set.draw(3000).labels()).distinct().count());
    TimeSeriesSet chosen = MiniRocketClassifier.drawn(set, 3000);
    assertEquals(3000, new HashSet<>(chosen.series()).size());
    assertEquals(4, Arrays.stream(chosen.labels()).distinct().count());
    assertEquals(chosen, MiniRocketClassifier.drawn(set, 3000));
  }
}
