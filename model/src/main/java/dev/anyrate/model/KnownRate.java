package dev.anyrate.model;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.SamplingRate;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.contract.RateContract;
import java.util.Optional;

/// Brings series of known rates to the canonical rate: that at which the middle one of the training series has the canonical length.
///
/// @param preparation of the model; empty for one that takes series as they are
/// @param contract    of the model
record KnownRate(Optional<InputPreparation> preparation, RateContract contract) {
  /// @param rates `[N]`, relative to the rate of the training series. Read.
  /// @throws IllegalArgumentException if their count is another than that of the series, or one is no rate
  TimeSeriesSet prepare(TimeSeriesSet set, double[] rates) {
    if (rates.length != set.size()) {
      throw new IllegalArgumentException(
          "known rates: " + Count.of(rates.length, "rate") + " for " + set.size() + " series; give one for each");
    }
    return set.mapIndexed((i, series) -> prepare(series, new SamplingRate(rates[i])));
  }

  private TimeSeries prepare(TimeSeries series, SamplingRate rate) {
    double canonical = preparation.map(one -> (double) one.canonicalLength() / contract.median()).orElse(1.0);
    int length = new SamplingRate(canonical / rate.factor()).newLength(series.length());
    return preparation.map(one -> one.atLength(series, length))
        .orElseGet(() -> ResampleMethod.AREA.resampler().resample(series, length));
  }
}
