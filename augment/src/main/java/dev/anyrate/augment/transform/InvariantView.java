package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// The view that teaches an encoder to ignore the sampling rate, for standardised series: a rate from 0.25 to 4
/// ([RateChangeAug]), each channel times 0.8 to 1.2 ([ScaleAug]), noise of deviation 0.03 to 0.1 ([JitterAug]). The result always
/// has the canonical length.
public final class InvariantView implements Augmentation {
  /// Lowest rate of a view, relative to that of the series.
  public static final double MIN_RATE = 0.25;
  /// Highest rate of a view.
  public static final double MAX_RATE = 4;

  private final AugmentationPipeline steps;

  /// @param canonicalLength of every result, at least 2
  /// @throws IllegalArgumentException if the length is below 2
  public InvariantView(int canonicalLength) {
    steps = AugmentationPipeline.of(new RateChangeAug(MIN_RATE, MAX_RATE, canonicalLength), new ScaleAug(0.8, 1.2, 1),
        new JitterAug(0.03, 0.1, 1));
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    return steps.apply(series, random);
  }
}
