package dev.anyrate.bench.step;

import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.bench.Work;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import java.util.Optional;

/// The presets on series of one channel and 128 samples, with the batches that users get where they say nothing.
public enum TrainedPreset {
  /// 128 pairs, 128 channels, three blocks of 3 taps.
  REFERENCE(Preset.REFERENCE, new EncoderOptions.Cnn()),
  /// 32 pairs, 64 channels, three blocks of 5 taps with dilation 1, 4, 16.
  INVARIANT(Preset.INVARIANT, new EncoderOptions.Cnn()),
  /// The reference with `--encoder transformer`: 128 pairs, 32 patches of 8 samples, 128 wide, two blocks of 4 heads.
  TRANSFORMER(Preset.REFERENCE, EncoderOptions.Transformer.reference());

  /// Samples of every series.
  public static final int LENGTH = 128;

  private static final long SEED = 42;

  private final Preset preset;
  private final EncoderOptions encoder;

  TrainedPreset(Preset preset, EncoderOptions encoder) {
    this.preset = preset;
    this.encoder = encoder;
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
    return preset.defaults(series, pairs, SEED).withEncoder(encoder);
  }

  /// Structure of the model, without fixed kernels: they take no part in a training step, nor in what the encoder gives.
  public ModelConfig model() {
    ModelConfig whole = preset.model(1, training(series(pairs()), pairs()));
    return new ModelConfig(whole.encoder(), whole.projection(), whole.embedding());
  }

  /// Pairs of views of length 128, whatever length the preset would bring the series to.
  public PairedTimeSeriesDataset views(TimeSeriesSet series, int pairs) {
    TrainingConfig training = training(series, pairs);
    Optional<InputPreparation> preparation = preset.preparation(series, training)
        .map(fitted -> new InputPreparation(fitted.standardization(), LENGTH));
    return preset.pairs(series, preparation, training);
  }

  /// Embeddings of series.
  public Work encoding(int series) {
    return Work.flops(series * ForwardFlops.ofEncoder(model().encoder(), LENGTH)).ofSeries(series);
  }

  /// A training step: forward, and twice that for both gradients.
  public Work trainingStep(int pairs) {
    int series = 2 * pairs;
    ModelConfig model = model();
    double forward = ForwardFlops.ofEncoder(model.encoder(), LENGTH) + ForwardFlops.ofHead(model);
    return Work.flops(3 * forward * series).ofSeries(series);
  }
}
