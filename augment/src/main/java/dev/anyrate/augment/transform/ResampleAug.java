package dev.anyrate.augment.transform;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.Resampler;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// The same span of time at another sampling rate, drawn log-uniformly; the length changes with it.
///
/// @param minRate     lowest rate, above 0; 1 is that of the series
/// @param maxRate     highest rate
/// @param probability that a series is resampled at all
/// @param resampler   method
public record ResampleAug(double minRate, double maxRate, double probability, Resampler resampler) implements Augmentation {

  /// @throws IllegalArgumentException if a rate or the probability is out of bounds
  public ResampleAug {
    SamplingRate.checkRange(minRate, maxRate);
    Draw.checkProbability("resample", probability);
  }

  /// By linear interpolation.
  public ResampleAug(double minRate, double maxRate, double probability) {
    this(minRate, maxRate, probability, ResampleMethod.LINEAR.resampler());
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    if (!Draw.happens(probability, random)) return series;
    return new SamplingRate(Draw.logUniform(minRate, maxRate, random)).apply(series, resampler);
  }
}
