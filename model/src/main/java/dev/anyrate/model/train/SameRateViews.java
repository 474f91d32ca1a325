package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.AugmentationPipeline;
import dev.anyrate.augment.transform.JitterAug;
import dev.anyrate.augment.transform.ScaleAug;
import java.util.Optional;

/// A preset's pairs of views without any change of rate: what is left is scale and noise. An encoder that is trained on them shows what the rate views add.
final class SameRateViews {
  private SameRateViews() {}

  static PairedTimeSeriesDataset pairs(TimeSeriesSet train, Optional<InputPreparation> preparation, TrainingConfig config) {
    TimeSeriesSet prepared = preparation.map(one -> one.apply(train)).orElse(train);
    return PairedTimeSeriesDataset.builder(prepared)
        .view(AugmentationPipeline.of(new ScaleAug(0.8, 1.2, 1), new JitterAug(0.03, 0.1, 1))).batchSize(config.batch())
        .seed(config.seed()).build();
  }
}
