package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesViewsTest {
  private static final TimeSeriesSet TRAIN = SyntheticData.create(16, 96, 1, 2, 1);

  @ParameterizedTest
  @CsvSource({"0.25, 4, 24, 384", "0.0625, 1, 6, 96", "1, 8, 96, 768"})
  void areResampledWithinTheRatesThatAreGiven(double min, double max, int shortest, int longest) {
    List<TimeSeriesSet> views = new SeriesViews(TRAIN, new RateRange(min, max), 1).all().toList();
    assertEquals(SeriesViews.count(16), views.size());
    assertEquals(TRAIN, views.getFirst());
    List<TimeSeriesSet> resampled = views.subList(1, 1 + views.size() / 2);
    int least = resampled.stream().mapToInt(TimeSeriesSet::minLength).min().orElseThrow();
    int most = resampled.stream().mapToInt(TimeSeriesSet::maxLength).max().orElseThrow();
    assertTrue(least >= shortest && least <= 1.1 * shortest, "shortest " + least);
    assertTrue(most <= longest && most >= 0.9 * longest, "longest " + most);
  }
}
