package dev.anyrate.model.train;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.contract.Version;
import java.util.Optional;

/// What a run trains for, put into the checkpoint as its [RateContract].
final class TrainedRates {
  private TrainedRates() {}

  static RateContract of(TimeSeriesSet train, Optional<InputPreparation> preparation, TrainingConfig config, String data) {
    Version program = Version.current();
    double band = preparation.map(one -> Math.min(1, (double) one.canonicalLength() / train.medianLength())).orElse(1.0);
    String filter = preparation.isPresent() ? "area" : "none";
    return new RateContract(config.views().minRate(), config.views().maxRate(), config.views().minCrop(), train.minLength(),
        train.medianLength(), train.maxLength(), band, filter, train.commonRateHz().orElse(0), data,
        config.seed(), program.version(), program.commit());
  }
}
