package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// The whole series moved earlier or later by a random share of its span. What moves out is lost; what comes in is the first or
/// last value, held, so that no jump is made that the recording never had.
///
/// @param maxShare    largest shift as a share of the span, to either side, at most 1
/// @param probability that a series is moved at all
public record TimeShiftAug(double maxShare, double probability) implements Augmentation {

  /// @throws IllegalArgumentException if the share or the probability is out of bounds
  public TimeShiftAug {
    Draw.checkRange("time shift", "share", 0, maxShare, 0, 1);
    Draw.checkProbability("time shift", probability);
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    if (!Draw.happens(probability, random)) return series;
    int length = series.length();
    int shift = (int) Math.round(Draw.uniform(-maxShare, maxShare, random) * length);
    float[][] moved = new float[series.channels()][length];
    for (int c = 0; c < moved.length; c++) {
      float[] values = series.channel(c);
      for (int t = 0; t < length; t++) moved[c][t] = values[Math.clamp(t - (long) shift, 0, length - 1)];
    }
    return series.withChannels(moved);
  }
}
