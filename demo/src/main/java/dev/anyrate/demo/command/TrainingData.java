package dev.anyrate.demo.command;

import dev.anyrate.augment.prepare.CommonRate;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.contract.DataFingerprint;
import java.util.Optional;

/// The series that an encoder was trained on, as far as its checkpoint knows them.
///
/// @param fingerprint of their values
/// @param rateHz      that they were brought to if they carry rates; 0 for none
record TrainingData(String fingerprint, double rateHz) {
  /// Empty for a model without a rate contract.
  static Optional<TrainingData> of(ContrastiveModel model) {
    return model.contract().filter(contract -> contract.data() != null)
        .map(contract -> new TrainingData(contract.data(), contract.rateHz()));
  }

  /// Whether these are the same series, as they are read or brought to the rate of the training.
  boolean is(TimeSeriesSet series) {
    if (DataFingerprint.of(series).equals(fingerprint)) return true;
    return rateHz > 0 && series.hasRates() && DataFingerprint.of(new CommonRate(rateHz).apply(series)).equals(fingerprint);
  }
}
