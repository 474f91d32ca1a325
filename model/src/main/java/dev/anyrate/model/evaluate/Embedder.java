package dev.anyrate.model.evaluate;

import dev.anyrate.augment.series.TimeSeriesSet;

/// Turns series of any length into vectors of one length.
@FunctionalInterface
public interface Embedder {
  /// @param series without missing values
  /// @return `[N][E]`, one row for each series, in their order
  float[][] embed(TimeSeriesSet series);
}
