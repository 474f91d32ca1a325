package dev.anyrate.model.evaluate;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.Augmentation;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.augment.transform.OtherRecording;
import java.util.ArrayList;
import java.util.List;

/// What the augmented probe is fitted to: TRAIN and six changed copies of it, so that it has met other rates and shorter spans
/// before it is tested on them. It still is not told the rate of what it is tested on, and never sees TEST.
public final class AugmentedCopies {
  private static final long STREAM = 0x50524F42L; // keeps these draws apart from other uses of the same seed
  private static final Augmentation RESAMPLED = OtherRecording.resampled(InvariantView.USUAL_RATES); // whatever an encoder was trained for: all are compared by the same probe
  private static final List<Augmentation> COPIES = List.of(RESAMPLED, RESAMPLED, RESAMPLED, OtherRecording.CUT,
      OtherRecording.CUT,
      OtherRecording.CUT);

  private AugmentedCopies() {}

  /// The set itself, then each copy in the order of the set.
  public static TimeSeriesSet of(TimeSeriesSet train, long seed) {
    List<TimeSeries> series = new ArrayList<>(train.series());
    for (int copy = 0; copy < COPIES.size(); copy++) {
      for (int i = 0; i < train.size(); i++) {
        series.add(COPIES.get(copy).apply(train.get(i), KeyedRandom.of(STREAM, seed, copy, i)));
      }
    }
    return new TimeSeriesSet(train.name(), series, train.classNames());
  }
}
