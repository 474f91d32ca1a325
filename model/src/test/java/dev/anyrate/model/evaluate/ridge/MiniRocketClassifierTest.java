package dev.anyrate.model.evaluate.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
    assertEquals(List.of(10L, 20L), counts(MiniRocketClassifier.drawn(twoClasses, 30)));
    assertEquals(twoClasses.draw(45), MiniRocketClassifier.drawn(twoClasses, 45)); // what meets all of them stays as it was
  }

  private static List<Long> counts(TimeSeriesSet set) {
    return IntStream.range(0, 2).mapToObj(label -> Arrays.stream(set.labels()).filter(one -> one == label).count()).toList();
  }
}
