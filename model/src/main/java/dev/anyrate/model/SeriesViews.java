package dev.anyrate.model;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.Augmentation;
import dev.anyrate.augment.transform.CropAug;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.augment.transform.ResampleAug;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The training series as other recorders would have had them: at other rates, and in part.
final class SeriesViews {
  private static final long STREAM = 0x56494557L; // keeps these draws apart from other uses of the same seed
  private static final int OF_EACH_KIND = 8;

  /// How many views there are of each series.
  static final int COUNT = 1 + 2 * OF_EACH_KIND;

  private static final Augmentation RESAMPLED = new ResampleAug(InvariantView.MIN_RATE, InvariantView.MAX_RATE, 1);
  private static final Augmentation CUT = new CropAug(0.25, 1, 1);

  private SeriesViews() {}

  /// The series themselves, then 8 resampled and 8 cut copies of the set. Each is made when it is asked for: together they are many times as large as the set.
  ///
  /// @param seed of rates and places
  static Stream<TimeSeriesSet> of(TimeSeriesSet series, long seed) {
    return Stream.concat(Stream.of(series), IntStream.range(0, 2 * OF_EACH_KIND).mapToObj(copy -> changed(series, seed, copy)));
  }

  private static TimeSeriesSet changed(TimeSeriesSet series, long seed, int copy) {
    Augmentation change = copy < OF_EACH_KIND ? RESAMPLED : CUT;
    return series.mapIndexed((i, one) -> change.apply(one, KeyedRandom.of(STREAM, seed, copy, i)));
  }
}
