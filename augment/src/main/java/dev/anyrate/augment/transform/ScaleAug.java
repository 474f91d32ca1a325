package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// Each channel times a factor of its own, drawn uniformly: sensors of another sensitivity.
///
/// @param min         smallest factor, at least 0
/// @param max         largest factor
/// @param probability that a series is scaled at all
public record ScaleAug(double min, double max, double probability) implements Augmentation {

  /// @throws IllegalArgumentException if a factor or the probability is out of bounds
  public ScaleAug {
    Draw.checkRange("scale", "factor", min, max, 0, Double.POSITIVE_INFINITY);
    Draw.checkProbability("scale", probability);
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    if (!Draw.happens(probability, random)) return series;
    float[][] scaled = new float[series.channels()][series.length()];
    for (int c = 0; c < scaled.length; c++) {
      double factor = Draw.uniform(min, max, random);
      float[] values = series.channel(c);
      for (int t = 0; t < values.length; t++) scaled[c][t] = (float) (factor * values[t]);
    }
    return series.withChannels(scaled);
  }
}
