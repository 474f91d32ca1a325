package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.EncoderOptions;
import java.util.List;
import java.util.Optional;

/// Two ways to train, whole: preparation, views, encoder and defaults.
public enum Preset {
  /// Every input goes to one canonical length, views differ in rate by a factor of up to 16, blocks are dilated, the embedding is pooled over time and levels.
  /// The default: it keeps its accuracy at rates it never saw.
  INVARIANT(32, InvariantView.USUAL_RATES, EmbeddingKind.POOLED) {
    @Override
    public TrainingConfig defaults(TimeSeriesSet train, int batch, long seed) {
      return new TrainingConfig(this, new ModelSizes(64, 320, 64, 0, ModelConfig.USUAL_KERNELS), epochsFor(INVARIANT_STEPS, train.size(), batch), batch, 0.5f,
          new Optimization(1e-3f, 0.1f, true, 1e-4f, 5, 0), seed);
    }

    @Override
    CnnEncoderConfig cnn(int channels, int hidden, int embedding) {
      return CnnEncoderConfig.dilated(channels, hidden, embedding);
    }

    @Override
    public Optional<InputPreparation> preparation(TimeSeriesSet train, TrainingConfig config) {
      return Optional.of(config.length() == 0
          ? InputPreparation.fit(train, config.standardize())
          : InputPreparation.fit(train, config.standardize(), config.length()));
    }

    @Override
    PairedTimeSeriesDataset.Builder pairs(TimeSeriesSet train, Optional<InputPreparation> preparation, ViewSettings views) {
      InputPreparation prepare = preparation.orElseThrow();
      var view = new InvariantView(views.rates(), views.minCrop(), prepare.canonicalLength());
      return PairedTimeSeriesDataset.builder(train.map(prepare::standardize)).views(view, view).length(prepare.canonicalLength());
    }
  },

  /// The plain design: series as they are, one view upsampled and one downsampled with jitter, both padded or cropped to one length, linear embedding. It learns the
  /// length along with the shape; it is here to compare with.
  REFERENCE(128, new RateRange(0.5, 2), EmbeddingKind.LINEAR) {
    @Override
    public TrainingConfig defaults(TimeSeriesSet train, int batch, long seed) {
      return new TrainingConfig(this, new ModelSizes(128, 64, 64), 10, batch, 0.5f, Optimization.fixed(1e-3f), seed);
    }

    @Override
    CnnEncoderConfig cnn(int channels, int hidden, int embedding) {
      return CnnEncoderConfig.reference(channels, hidden, embedding);
    }

    @Override
    public Optional<InputPreparation> preparation(TimeSeriesSet train, TrainingConfig config) {
      return Optional.empty();
    }

    @Override
    PairedTimeSeriesDataset.Builder pairs(TimeSeriesSet train, Optional<InputPreparation> preparation, ViewSettings views) {
      return PairedTimeSeriesDataset.builder(train).upsampleRate(views.maxRate()).downsampleRate(views.minRate()).jitterStd(0.05);
    }
  };

  /// Recipe D stops after 160 steps, and 80 to 480 gave the same accuracy; these make up for the time that whitening takes at the end.
  private static final int INVARIANT_STEPS = 120;

  private final int batch;
  private final ViewSettings views;
  private final EmbeddingKind embedding;

  Preset(int batch, RateRange rates, EmbeddingKind embedding) {
    this.batch = batch;
    this.views = ViewSettings.of(rates);
    this.embedding = embedding;
  }

  /// What views differ in where the user says nothing.
  public ViewSettings views() {
    return views;
  }

  /// What is the embedding where the user says nothing.
  public EmbeddingKind embedding() {
    return embedding;
  }

  /// The blocks of the CNN where the user says nothing: one for each, with that many samples from tap to tap.
  List<Integer> dilations() {
    return cnn(1, 1, 1).dilations();
  }

  /// Pairs in a step where the user says nothing.
  public int batch() {
    return batch;
  }

  /// The settings that this preset uses where the user says nothing.
  ///
  /// @param batch pairs in a step
  public abstract TrainingConfig defaults(TimeSeriesSet train, int batch, long seed);

  /// Structure of the model.
  public ModelConfig model(int channels, TrainingConfig config) {
    return new ModelConfig(encoder(channels, config), config.sizes().projection(), config.embeddingKind(),
        config.sizes().compact(), config.sizes().kernels());
  }

  /// What is done to every series before the encoder sees it, as found on TRAIN.
  public abstract Optional<InputPreparation> preparation(TimeSeriesSet train, TrainingConfig config);

  /// The CNN of this preset, with its usual blocks.
  abstract CnnEncoderConfig cnn(int channels, int hidden, int embedding);

  EncoderConfig encoder(int channels, TrainingConfig config) {
    ModelSizes sizes = config.sizes();
    return switch (config.encoder()) {
      case EncoderOptions.Cnn cnn -> cnn(channels, sizes.hidden(), sizes.embedding()).withDilations(cnn.dilations());
      case EncoderOptions.Transformer transformer -> transformer.sizes(channels, sizes.hidden(), sizes.embedding());
    };
  }

  abstract PairedTimeSeriesDataset.Builder pairs(TimeSeriesSet train, Optional<InputPreparation> preparation, ViewSettings views);

  /// The pairs of views that this preset trains on.
  public PairedTimeSeriesDataset pairs(TimeSeriesSet train, Optional<InputPreparation> preparation, TrainingConfig config) {
    config.views().requireFor(train);
    return pairs(train, preparation, config.views()).batchSize(config.batch()).seed(config.seed()).build();
  }

  private static int epochsFor(int steps, int series, int batch) {
    TrainingConfig.requireBatch(batch);
    return Math.ceilDiv(steps, Math.ceilDiv(series, batch));
  }
}
