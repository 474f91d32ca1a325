package dev.anyrate.model;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.Augmentation;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.augment.transform.OtherRecording;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The training series as other recorders would have had them: at other rates, and in part.
final class SeriesViews {
  private static final long STREAM = 0x56494557L; // keeps these draws apart from other uses of the same seed
  private static final int FEWEST_OF_EACH_KIND = 8;
  private static final int FEWEST_TOGETHER = 1024; // views of all series, so that they span as many directions

  private SeriesViews() {}

  /// How many views there are of each series.
  ///
  /// @param series in the set, at least 1
  static int count(int series) {
    return 1 + 2 * ofEachKind(series);
  }

  private static int ofEachKind(int series) {
    int views = Math.ceilDiv(FEWEST_TOGETHER, series);
    return Math.max(FEWEST_OF_EACH_KIND, views / 2); // and one that is not changed
  }

  /// The series themselves, then as many resampled and as many cut copies of the set, 8 or more of each. Each is made when it is asked for: together they are many
  /// times as large as the set.
  ///
  /// @param seed of rates and places
  static Stream<TimeSeriesSet> of(TimeSeriesSet series, long seed) {
    int resampled = ofEachKind(series.size());
    Stream<TimeSeriesSet> copies = IntStream.range(0, 2 * resampled)
        .mapToObj(copy -> changed(series, copy < resampled ? OtherRecording.RESAMPLED : OtherRecording.CUT, seed, copy));
    return Stream.concat(Stream.of(series), copies);
  }

  private static TimeSeriesSet changed(TimeSeriesSet series, Augmentation change, long seed, int copy) {
    return series.mapIndexed((i, one) -> change.apply(one, KeyedRandom.of(STREAM, seed, copy, i)));
  }
}
