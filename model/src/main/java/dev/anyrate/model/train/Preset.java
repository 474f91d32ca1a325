package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.EncoderOptions;
import java.util.Optional;

/// Two ways to train, whole: preparation, views, encoder and defaults.
public enum Preset {
  /// Every input goes to one canonical length, views differ in rate by a factor of up to 16, blocks are dilated, the embedding is pooled over time and levels.
  /// The default: it keeps its accuracy at rates it never saw.
  INVARIANT(32, InvariantView.MIN_RATE, InvariantView.MAX_RATE) {
    @Override
    public TrainingConfig defaults(TimeSeriesSet train, int batch, long seed) {
      return new TrainingConfig(this, new ModelSizes(64, 320, 64, 0, ModelConfig.USUAL_KERNELS), epochsFor(INVARIANT_STEPS, train.size(), batch), batch, 0.5f,
          new Optimization(1e-3f, 0.1f, true, 1e-4f, 5, 0), seed);
    }

    @Override
    public ModelConfig model(int channels, TrainingConfig config) {
      return new ModelConfig(encoder(channels, config), config.sizes().projection(), EmbeddingKind.POOLED, config.sizes().compact(),
          config.sizes().kernels());
    }

    @Override
    CnnEncoderConfig cnn(int channels, int hidden, int embedding) {
      return CnnEncoderConfig.dilated(channels, hidden, embedding);
    }

    @Override
    public Optional<InputPreparation> preparation(TimeSeriesSet train, StandardizationScope scope) {
      return Optional.of(InputPreparation.fit(train, scope));
    }

    @Override
    PairedTimeSeriesDataset.Builder views(TimeSeriesSet train, Optional<InputPreparation> preparation) {
      InputPreparation prepare = preparation.orElseThrow();
      var view = new InvariantView(prepare.canonicalLength());
      return PairedTimeSeriesDataset.builder(train.map(prepare::standardize)).views(view, view).length(prepare.canonicalLength());
    }
  },

  /// The plain design: series as they are, one view upsampled and one downsampled with jitter, both padded or cropped to one length, linear embedding. It learns the
  /// length along with the shape; it is here to compare with.
  REFERENCE(128, 0.5, 2) {
    @Override
    public TrainingConfig defaults(TimeSeriesSet train, int batch, long seed) {
      return new TrainingConfig(this, new ModelSizes(128, 64, 64), 10, batch, 0.5f, Optimization.fixed(1e-3f), seed);
    }

    @Override
    public ModelConfig model(int channels, TrainingConfig config) {
      return new ModelConfig(encoder(channels, config), config.sizes().projection(), EmbeddingKind.LINEAR, config.sizes().compact(),
          config.sizes().kernels());
    }

    @Override
    CnnEncoderConfig cnn(int channels, int hidden, int embedding) {
      return CnnEncoderConfig.reference(channels, hidden, embedding);
    }

    @Override
    public Optional<InputPreparation> preparation(TimeSeriesSet train, StandardizationScope scope) {
      return Optional.empty();
    }

    @Override
    PairedTimeSeriesDataset.Builder views(TimeSeriesSet train, Optional<InputPreparation> preparation) {
      return PairedTimeSeriesDataset.builder(train).upsampleRate(maxRate()).downsampleRate(minRate()).jitterStd(0.05);
    }
  };

  /// Recipe D stops after 160 steps, and 80 to 480 gave the same accuracy; these make up for the time that whitening takes at the end.
  private static final int INVARIANT_STEPS = 120;

  private final int batch;
  private final double minRate;
  private final double maxRate;

  Preset(int batch, double minRate, double maxRate) {
    this.batch = batch;
    this.minRate = minRate;
    this.maxRate = maxRate;
  }

  /// Lowest rate of the views, relative to that of the series.
  public double minRate() {
    return minRate;
  }

  /// Highest rate of the views.
  public double maxRate() {
    return maxRate;
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
  public abstract ModelConfig model(int channels, TrainingConfig config);

  /// What is done to every series before the encoder sees it, as found on TRAIN.
  public abstract Optional<InputPreparation> preparation(TimeSeriesSet train, StandardizationScope scope);

  /// The CNN of this preset.
  abstract CnnEncoderConfig cnn(int channels, int hidden, int embedding);

  EncoderConfig encoder(int channels, TrainingConfig config) {
    ModelSizes sizes = config.sizes();
    return switch (config.encoder()) {
      case EncoderOptions.Cnn _ -> cnn(channels, sizes.hidden(), sizes.embedding());
      case EncoderOptions.Transformer transformer -> transformer.sizes(channels, sizes.hidden(), sizes.embedding());
    };
  }

  abstract PairedTimeSeriesDataset.Builder views(TimeSeriesSet train, Optional<InputPreparation> preparation);

  /// The pairs of views that this preset trains on.
  public PairedTimeSeriesDataset pairs(TimeSeriesSet train, Optional<InputPreparation> preparation, TrainingConfig config) {
    return views(train, preparation).batchSize(config.batch()).seed(config.seed()).build();
  }

  private static int epochsFor(int steps, int series, int batch) {
    TrainingConfig.requireBatch(batch);
    return Math.ceilDiv(steps, Math.ceilDiv(series, batch));
  }
}
