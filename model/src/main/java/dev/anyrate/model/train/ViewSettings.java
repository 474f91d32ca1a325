package dev.anyrate.model.train;

import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.contract.RateContract;

/// What both views of a series may differ in, as far as a run chooses it; strength of scale and noise are the preset's.
///
/// @param minRate lowest rate of a view, relative to that of the series, at most 1; rates are drawn log-uniformly
/// @param maxRate highest rate, at least 1
/// @param minCrop smallest share of the series that a view shows, above 0; 1 for whole series
public record ViewSettings(double minRate, double maxRate, double minCrop) {
  private static final double WIDEST = RateContract.WIDEST;

  /// @throws IllegalArgumentException if a rate or the share is out of bounds
  public ViewSettings {
    Require.that(minRate * WIDEST >= 1 && minRate <= 1, "min rate", minRate,
        "give a number from " + 1 / WIDEST + " to 1, the rate of the training series themselves");
    Require.that(maxRate >= 1 && maxRate <= WIDEST, "max rate", maxRate,
        "give a number from 1, the rate of the training series themselves, to " + RateContract.WIDEST);
    Require.that(minCrop > 0 && minCrop <= 1, "min crop", minCrop,
        "give a share of the series above 0, such as 0.25, or 1 for views of whole series");
  }

  /// Views of whole series.
  static ViewSettings of(RateRange rates) {
    return new ViewSettings(rates.min(), rates.max(), 1);
  }

  /// Lowest and highest rate.
  public RateRange rates() {
    return new RateRange(minRate, maxRate);
  }

  /// Views that differ in everything else, but not in the rate.
  ViewSettings atOneRate() {
    return new ViewSettings(1, 1, minCrop);
  }

  /// Refuses series that would become too long.
  void requireFor(TimeSeriesSet train) {
    Require.that(maxRate * train.maxLength() <= SamplingRate.MAX_LENGTH, "max rate", maxRate,
        "the longest series has " + train.maxLength() + " samples, and no view may have more than " + SamplingRate.MAX_LENGTH
            + ": give a lower rate, or shorter series");
  }
}
