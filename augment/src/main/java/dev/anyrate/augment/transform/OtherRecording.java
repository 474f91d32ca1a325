package dev.anyrate.augment.transform;

import dev.anyrate.augment.resample.RateRange;

/// A series as another recorder would have had it, and nothing else about it changed.
public final class OtherRecording {
  /// In part: from a quarter of its span on.
  public static final Augmentation CUT = new CropAug(0.25, 1, 1);

  private OtherRecording() {}

  /// At another rate.
  ///
  /// @param rates to draw from, relative to that of the series
  public static Augmentation resampled(RateRange rates) {
    return new ResampleAug(rates.min(), rates.max(), 1);
  }
}
