package dev.anyrate.augment.prepare;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;

/// Brings series of known sampling rates to one of them: down by the area filter, which keeps what the new rate cannot show from folding back into it, up by
/// straight lines.
///
/// @param hertz the rate, in samples a second
public record CommonRate(double hertz) {
  /// @throws dev.anyrate.augment.series.BadSeriesException if it is not above 0, or not finite
  public CommonRate {
    TimeSeries.requireRateHz(hertz);
  }

  /// Every series at this rate; one that has it already is kept as it is.
  ///
  /// @throws dev.anyrate.augment.series.BadSeriesException if the rate of a series is not known, or a value is missing
  /// @throws IllegalArgumentException                      if a series would become far too long
  public TimeSeriesSet apply(TimeSeriesSet set) {
    set.ratesHz(); // complains of a series without one, by its number
    return set.map(series -> {
      double rate = series.rateHz().orElseThrow();
      return rate == hertz
          ? series
          : new SamplingRate(hertz / rate).apply(series, ResampleMethod.AREA.resampler()).withRateHz(hertz);
    });
  }
}
