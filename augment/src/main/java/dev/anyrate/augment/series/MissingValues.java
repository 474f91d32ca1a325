package dev.anyrate.augment.series;

/// What to do with gaps (NaN inside a series). Nothing after this step ever sees one.
public enum MissingValues {
  /// A set with gaps is an error that counts them.
  REFUSE,

  /// A gap is bridged by the straight line between the values beside it; a gap at an end takes the nearest value.
  INTERPOLATE;

  /// A set without gaps, and what it took.
  ///
  /// @param set    complete series
  /// @param values count of values that were made up
  /// @param series count of series with such values
  public record Bridged(TimeSeriesSet set, int values, int series) {
  }

  /// The set without gaps.
  ///
  /// @throws BadSeriesException under [#REFUSE], if there is a gap
  public Bridged apply(TimeSeriesSet set) {
    return switch (this) {
      case REFUSE -> new Bridged(set.requireComplete(), 0, 0);
      case INTERPOLATE -> new Bridged(set.map(MissingValues::bridge), set.missingValues(), set.seriesWithMissing());
    };
  }

  private static TimeSeries bridge(TimeSeries series) {
    if (!series.hasMissing()) return series;
    float[][] bridged = new float[series.channels()][];
    for (int c = 0; c < bridged.length; c++) {
      bridged[c] = series.channel(c).clone();
      bridge(bridged[c]);
    }
    return series.withChannels(bridged);
  }

  private static void bridge(float[] values) {
    int left = -1; // last value in front of the gap
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) continue;
      for (int gap = left + 1; gap < i; gap++) {
        double start = left < 0 ? values[i] : values[left];
        values[gap] = (float) (start + (values[i] - start) * (gap - left) / (i - left));
      }
      left = i;
    }
    for (int gap = left + 1; gap < values.length; gap++) values[gap] = values[left];
  }
}
