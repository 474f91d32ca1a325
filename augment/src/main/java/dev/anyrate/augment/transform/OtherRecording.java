package dev.anyrate.augment.transform;

/// A series as another recorder would have had it, and nothing else about it changed.
public final class OtherRecording {
  /// At another rate of those that training draws from.
  public static final Augmentation RESAMPLED = new ResampleAug(InvariantView.MIN_RATE, InvariantView.MAX_RATE, 1);
  /// In part: from a quarter of its span on.
  public static final Augmentation CUT = new CropAug(0.25, 1, 1);

  private OtherRecording() {}
}
