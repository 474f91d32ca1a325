package dev.anyrate.augment.resample;

/// Sampling rates from a lowest to a highest one, relative to that of the series at hand.
///
/// @param min lowest, above 0
/// @param max highest
public record RateRange(double min, double max) {

  /// @throws IllegalArgumentException if either is no rate, or `min` is above `max`
  public RateRange {
    SamplingRate.checkRange(min, max);
  }
}
