package dev.anyrate.bench.step;

import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.bench.Work;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import java.util.Optional;

/// The presets on series of one channel and 128 samples, with the batches that users get where they say nothing.
public enum TrainedPreset {
  /// 128 pairs, 128 channels, three blocks of 3 taps.
  REFERENCE(Preset.REFERENCE),
  /// 32 pairs, 64 channels, three blocks of 5 taps with dilation 1, 2, 4.
  INVARIANT(Preset.INVARIANT);

  /// Samples of every series.
  public static final int LENGTH = 128;

  private static final long SEED = 42;

  private final Preset preset;

  TrainedPreset(Preset preset) {
    this.preset = preset;
  }

  /// Pairs in a step.
  public int pairs() {
    return preset.batch();
  }

  /// Series to train on or to encode.
  public TimeSeriesSet series(int count) {
    return SyntheticData.create(count, LENGTH, 1, 1, SEED);
  }

  /// Settings of a run.
  public TrainingConfig training(TimeSeriesSet series, int pairs) {
    return preset.defaults(series, pairs, SEED);
  }

  /// Structure of the model.
  public ModelConfig model() {
    return preset.model(1, training(series(pairs()), pairs()));
  }

  /// Pairs of views of length 128, whatever length the preset would bring the series to.
  public PairedTimeSeriesDataset views(TimeSeriesSet series, int pairs) {
    Optional<InputPreparation> preparation = preset.preparation(series);
    return preset.pairs(series, preparation, training(series, pairs));
  }

  /// Forward pass of the encoder over one series: convolutions, and the two linear maps of the head if it is there. The rest is small beside them.
  public double forwardFlops(boolean head) {
    ModelConfig model = model();
    var encoder = (CnnEncoderConfig) model.encoder();
    double hidden = encoder.hidden();
    double embedding = encoder.embedding();
    double stem = hidden * encoder.inputChannels() * encoder.stemKernel();
    double blocks = encoder.dilations().size() * 2 * hidden * hidden * encoder.blockKernel();
    double maps = hidden * embedding + (head ? embedding * (embedding + model.projection()) : 0);
    return 2 * (LENGTH * (stem + blocks) + maps);
  }

  /// A training step: forward, and twice that for both gradients.
  public Work trainingStep(int pairs) {
    int series = 2 * pairs;
    return Work.flops(3 * forwardFlops(true) * series).ofSeries(series);
  }
}
