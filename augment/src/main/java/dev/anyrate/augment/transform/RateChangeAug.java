package dev.anyrate.augment.transform;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.Resampler;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// The series as another sensor would have recorded it, brought to one length: resampled at a random rate and from there to the
/// canonical length. What is left is what the rate does to the content; the length tells nothing.
///
/// Going down, half of the series are filtered (sensors with anti-aliasing) and half are not, by chance. The way to the canonical
/// length is always the one that a model's input takes: area filter down, straight lines up.
///
/// @param minRate lowest rate, above 0; drawn log-uniformly
/// @param maxRate highest rate
/// @param length  canonical length, at least 2
public record RateChangeAug(double minRate, double maxRate, int length) implements Augmentation {

  /// @throws IllegalArgumentException if a rate or the length is out of bounds
  public RateChangeAug {
    SamplingRate.checkRange(minRate, maxRate);
    if (length < 2) throw new IllegalArgumentException("rate change: canonical length " + length + " must be at least 2");
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    var rate = new SamplingRate(Draw.logUniform(minRate, maxRate, random));
    Resampler sensor = (random.nextBoolean() ? ResampleMethod.AREA : ResampleMethod.LINEAR).resampler();
    return ResampleMethod.AREA.resampler().resample(rate.apply(series, sensor), length);
  }
}
