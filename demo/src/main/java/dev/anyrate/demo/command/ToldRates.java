package dev.anyrate.demo.command;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.evaluate.Embedder;
import java.io.IOException;
import java.util.Optional;

/// TRAIN and TEST of a proof with the sampling rates that the encoder is told in the one part of the proof that is not blind.
///
/// @param train    what probes are fitted to
/// @param test     what they are tested on
/// @param embedder that is told the rate which each series carries; empty if the model has no rate contract
record ToldRates(TimeSeriesSet train, TimeSeriesSet test, Optional<Embedder> embedder) {
  private static final double ANY = 1; // where nobody knows the rate of the training, only how it changes counts

  /// The rates that the user says, else those that the input carries, else that of the training.
  static ToldRates of(ContrastiveModel model, TimeSeriesSet train, TimeSeriesSet test, RateArguments said) throws IOException {
    if (!said.given()) return of(model, train, test);
    said.requireNoFile();
    double ofTraining = model.contract().map(RateContract::rateHz).orElse(0.0);
    if (ofTraining == 0) {
      throw new IllegalArgumentException("--rate-hz: the checkpoint does not say at which rate its training series were recorded;"
          + " train with --rate-hz, or leave it out and prove blindly");
    }
    return new ToldRates(said.rated(train), said.rated(test), told(model));
  }

  /// The rates that the input carries, else that of the training.
  static ToldRates of(ContrastiveModel model, TimeSeriesSet train, TimeSeriesSet test) {
    double ofTraining = model.contract().map(RateContract::rateHz).orElse(0.0);
    if (ofTraining > 0 && train.hasRates() && test.hasRates()) return new ToldRates(train, test, told(model));
    double hertz = ofTraining > 0 ? ofTraining : ANY;
    return new ToldRates(train.map(one -> one.withRateHz(hertz)), test.map(one -> one.withRateHz(hertz)), told(model));
  }

  private static Optional<Embedder> told(ContrastiveModel model) {
    return model.contract().map(one -> one.rateHz() > 0 ? one : one.withRateHz(ANY))
        .map(contract -> series -> model.encodeAtRates(series, contract.relative(series)));
  }
}
