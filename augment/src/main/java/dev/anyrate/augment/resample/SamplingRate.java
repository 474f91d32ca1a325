package dev.anyrate.augment.resample;

import dev.anyrate.augment.series.TimeSeries;

/// A sampling rate relative to that of the series at hand: 2 gives twice as many samples over the same span, 0.5 half as many.
///
/// @param factor above 0
public record SamplingRate(double factor) {
  /// The largest factor; beyond it a series consists of interpolation only.
  public static final double MAX_FACTOR = 10_000;

  /// The longest series that resampling makes: 16,777,216 samples, 64 MiB of float for each channel.
  public static final int MAX_LENGTH = 1 << 24;

  /// @throws IllegalArgumentException if the factor is not a number, not above 0, or above [#MAX_FACTOR]
  public SamplingRate {
    if (!(factor > 0 && factor <= MAX_FACTOR)) {
      throw new IllegalArgumentException("rate " + factor + ": a rate must be above 0 and at most " + (int) MAX_FACTOR
          + "; 1 is the rate of the series as they are, 0.5 half of it");
    }
  }

  /// Checks the ends of a range of rates.
  ///
  /// @throws IllegalArgumentException if either is no rate, or `min` is above `max`
  public static void checkRange(double min, double max) {
    if (new SamplingRate(min).factor > new SamplingRate(max).factor) {
      throw new IllegalArgumentException(
          "rates from " + min + " to " + max + ": the lowest must not be above the highest; swap them");
    }
  }

  /// The length of a series of `n` samples at this rate: `max(2, floor(n · factor + 0.5))`.
  ///
  /// @throws IllegalArgumentException if that is more than [#MAX_LENGTH]
  public int newLength(int n) {
    double length = Math.floor(n * factor + 0.5);
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "rate " + factor + ": a series of " + n + " samples would get " + (long) length + ", more than "
              + MAX_LENGTH + "; choose a smaller rate");
    }
    return (int) Math.max(2, length);
  }

  /// A series at this rate. Where its rate in samples a second is known, it is multiplied by exactly this factor, though the length is rounded.
  public TimeSeries apply(TimeSeries series, Resampler resampler) {
    TimeSeries resampled = resampler.resample(series, newLength(series.length()));
    return series.rateHz().isPresent() ? resampled.withRateHz(series.rateHz().getAsDouble() * factor) : resampled;
  }
}
