package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// Gaussian noise on every value, independent over time and channels, of a standard deviation drawn uniformly for each series.
///
/// The deviation is in the unit of the values: 0.05 is a twentieth of a standardised channel's own deviation.
///
/// @param minStd      smallest standard deviation, at least 0
/// @param maxStd      largest standard deviation
/// @param probability that a series gets noise at all
public record JitterAug(double minStd, double maxStd, double probability) implements Augmentation {

  /// @throws IllegalArgumentException if a deviation or the probability is out of bounds
  public JitterAug {
    Draw.checkRange("jitter", "standard deviation", minStd, maxStd, 0, Double.POSITIVE_INFINITY);
    Draw.checkProbability("jitter", probability);
  }

  /// Noise of one strength.
  public JitterAug(double std, double probability) {
    this(std, std, probability);
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    if (!Draw.happens(probability, random)) return series;
    double std = Draw.uniform(minStd, maxStd, random);
    float[][] noisy = new float[series.channels()][series.length()];
    for (int c = 0; c < noisy.length; c++) {
      float[] values = series.channel(c);
      for (int t = 0; t < values.length; t++) noisy[c][t] = (float) (values[t] + std * random.nextGaussian());
    }
    return series.withChannels(noisy);
  }
}
