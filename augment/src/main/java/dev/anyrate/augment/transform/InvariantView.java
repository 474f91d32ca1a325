package dev.anyrate.augment.transform;

import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// The view that teaches an encoder to ignore the sampling rate, for standardised series: on demand a part of the series ([CropAug]), a rate drawn log-uniformly
/// ([RateChangeAug]), each channel times 0.8 to 1.2 ([ScaleAug]), noise of deviation 0.03 to 0.1 ([JitterAug]). The result always
/// has the canonical length.
public final class InvariantView implements Augmentation {
  /// Rates of the views where nobody chooses.
  public static final RateRange USUAL_RATES = new RateRange(0.25, 4);

  private static final double CROPPED = 0.5; // of the views; the others show the whole series, as most inputs do

  private final AugmentationPipeline steps;

  /// Views of whole series at the usual rates.
  ///
  /// @param canonicalLength of every result, at least 2
  /// @throws IllegalArgumentException if the length is below 2
  public InvariantView(int canonicalLength) {
    this(USUAL_RATES, 1, canonicalLength);
  }

  /// @param rates           of the views, relative to that of the series
  /// @param minCrop         smallest share of the series that a view shows, above 0; 1 for whole series
  /// @param canonicalLength of every result, at least 2
  /// @throws IllegalArgumentException if the share or the length is out of bounds
  public InvariantView(RateRange rates, double minCrop, int canonicalLength) {
    var whole = AugmentationPipeline.of(new RateChangeAug(rates.min(), rates.max(), canonicalLength), new ScaleAug(0.8, 1.2, 1),
        new JitterAug(0.03, 0.1, 1));
    steps = minCrop == 1 ? whole : AugmentationPipeline.of(new CropAug(minCrop, 1, CROPPED), whole);
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    return steps.apply(series, random);
  }
}
