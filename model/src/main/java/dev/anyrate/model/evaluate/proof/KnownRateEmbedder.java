package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.series.TimeSeriesSet;

/// Turns series into vectors, and is told their rate.
@FunctionalInterface
public interface KnownRateEmbedder {
  /// @param series without missing values
  /// @param rate   of all of them, relative to the rate that the encoder was trained at
  /// @return `[N][E]`, one row for each series, in their order
  float[][] embed(TimeSeriesSet series, double rate);
}
