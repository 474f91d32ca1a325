package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// A window of the series at its own rate; the length shrinks. The share is drawn log-uniformly, the place uniformly.
///
/// @param minShare    smallest share of the span, above 0
/// @param maxShare    largest share, at most 1
/// @param probability that a series is cropped at all
public record CropAug(double minShare, double maxShare, double probability) implements Augmentation {

  /// @throws IllegalArgumentException if a share or the probability is out of bounds
  public CropAug {
    Draw.checkRange("crop", "share", minShare, maxShare, Double.MIN_NORMAL, 1);
    Draw.checkProbability("crop", probability);
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    if (!Draw.happens(probability, random)) return series;
    double share = Draw.logUniform(minShare, maxShare, random);
    int length = Math.max(2, (int) Math.round(share * series.length()));
    int start = random.nextInt(series.length() - length + 1);
    return series.part(start, length);
  }
}
