package dev.anyrate.model;

import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.Augmentation;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.augment.transform.OtherRecording;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The training series as other recorders would have had them: at other rates, and in part.
///
/// @param series the training series
/// @param rates  of other recorders, relative to that of the series
/// @param seed   of rates and places
record SeriesViews(TimeSeriesSet series, RateRange rates, long seed) {
  private static final long STREAM = 0x56494557L; // keeps these draws apart from other uses of the same seed
  private static final int FEWEST_OF_EACH_KIND = 8;
  private static final int FEWEST_TOGETHER = 1024; // views of all series, so that they span as many directions

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
  Stream<TimeSeriesSet> all() {
    int resampled = ofEachKind(series.size());
    Augmentation atOtherRates = OtherRecording.resampled(rates);
    Stream<TimeSeriesSet> copies = IntStream.range(0, 2 * resampled)
        .mapToObj(copy -> changed(copy < resampled ? atOtherRates : OtherRecording.CUT, copy));
    return Stream.concat(Stream.of(series), copies);
  }

  private TimeSeriesSet changed(Augmentation change, int copy) {
    return series.mapIndexed((i, one) -> change.apply(one, KeyedRandom.of(STREAM, seed, copy, i)));
  }
}
