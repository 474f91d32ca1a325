package dev.anyrate.augment.prepare;

import dev.anyrate.augment.series.TimeSeries;

/// Whose mean and deviation a series is brought to 0 and 1 by.
public enum StandardizationScope {
  /// Those of all training series together: level and amplitude of a series stay, beside the others, what they were.
  SET {
    @Override
    TimeSeries level(TimeSeries series) {
      return series;
    }
  },

  /// Its own, channel by channel: only its shape stays. For recorders of different gain; where amplitude tells the classes apart, it is lost.
  SERIES {
    @Override
    TimeSeries level(TimeSeries series) {
      return Standardization.fit(series).apply(series);
    }
  };

  /// What is done to a series before the numbers of the training set are applied to it.
  ///
  /// @throws dev.anyrate.augment.series.BadSeriesException if a value is missing
  abstract TimeSeries level(TimeSeries series);
}
