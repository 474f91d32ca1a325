package dev.anyrate.model;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.resample.RateRange;
import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.InvariantView;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.Permute;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.contract.DataFingerprint;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.encoder.Encoder;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.ProjectionHead;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.ModelState;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.loss.NtXentLoss;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An encoder with its projection head: learns from pairs of views, and turns series into embeddings.
///
/// Training or evaluation is a property of the execution, not of the model: on `engine.tape()` batch normalisation uses the batch's statistics and learns the
/// running ones, on `engine.inference()` and `engine.evaluationTape()` it uses the running ones.
///
/// Several threads may encode at once: they take turns on the engine, which uses all of its threads for each. Training, or anything else on the same engine, must not
/// run beside them but by [Engine#inTurn].
public final class ContrastiveModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContrastiveModel.class);

  /// So many series are enough to know the mean and deviation of a feature.
  static final int SCALE_SERIES = 1000;

  /// Samples of all series that [#encode] takes at a time: at 128 channels one activation is then 1 MiB, and all of them stay in a core's share of the cache.
  public static final int SAMPLES_TOGETHER = 2048;

  /// So many series are enough to know what changes between their views.
  private static final int WHITENING_SERIES = 256;

  private static final int DEFAULT_PROJECTION = 64;

  private final Engine engine;
  private final ModelConfig config;
  private final Optional<InputPreparation> preparation;
  private final long seed;
  private final ModelState state;
  private final Encoder encoder;
  private final ProjectionHead head;
  private final EmbeddingScale scale;
  private Optional<WhitenedEmbedding> whitened = Optional.empty();
  private Optional<RateContract> contract = Optional.empty();
  private final AtomicBoolean warned = new AtomicBoolean(); // of series outside of the contract

  private ContrastiveModel(Engine engine, ModelConfig config, Optional<InputPreparation> preparation, long seed) {
    if (config.kernels() > 0 && preparation.isEmpty()) {
      throw new IllegalArgumentException("kernels: " + config.kernels()
          + " features, but the model takes series as they are, of any length; give it a preparation, or 0 kernels");
    }
    var initializer = new Initializer(engine, seed);
    this.engine = engine;
    this.config = config;
    this.preparation = preparation;
    this.seed = seed;
    this.state = initializer.state();
    this.encoder = config.encoder().create(initializer.scope("encoder"));
    this.head = ProjectionHead.create(initializer.scope("head"), config.encoder().embedding(), config.projection());
    this.scale = EmbeddingScale.create(initializer.scope("embedding"), config.featureSize());
  }

  /// A model with fresh parameters that takes series as they are and gives the linear embedding.
  ///
  /// @param seed of the parameters
  public static ContrastiveModel create(Engine engine, EncoderConfig encoder, long seed) {
    return create(engine, new ModelConfig(encoder, DEFAULT_PROJECTION, EmbeddingKind.LINEAR), Optional.empty(), seed);
  }

  /// A model with fresh parameters.
  ///
  /// @param preparation done to every series before the encoder sees it; empty for nothing
  /// @param seed        of the parameters
  public static ContrastiveModel create(Engine engine, ModelConfig config, Optional<InputPreparation> preparation, long seed) {
    return new ContrastiveModel(engine, config, preparation, seed);
  }

  /// A model from a checkpoint.
  ///
  /// @throws dev.anyrate.model.io.CheckpointFormatException if the file is damaged or of another program
  public static ContrastiveModel load(Engine engine, Path file) {
    ModelFile.Content content = ModelFile.read(file);
    var model = new ContrastiveModel(engine, content.config(), content.preparation(), content.seed());
    try {
      content.restore(engine, model.state);
      model.whitened = content.whitened(engine);
      model.contract = content.contract();
      return model;
    } catch (RuntimeException failure) {
      model.close();
      throw failure;
    }
  }

  /// Writes weights, configuration and preparation. The file is replaced as a whole or not at all.
  public void save(Path file) {
    ModelFile.write(engine, file, config, preparation, seed, contract, state, whitened);
  }

  /// The model that training began with: the same structure, preparation and seed, fresh parameters. What training adds is measured against it, so it is whitened only
  /// where this model is.
  ///
  /// @param train series that its embedding is scaled and whitened by, see [#fitScale] and [#fitWhitening]
  public ContrastiveModel untrained(TimeSeriesSet train) {
    var untrained = new ContrastiveModel(engine, config, preparation, seed);
    try {
      untrained.contract = contract;
      untrained.fitScale(train);
      if (whitened.isPresent()) untrained.fitWhitening(train, rates(), kernelsOf(train));
      return untrained;
    } catch (RuntimeException | Error failure) {
      untrained.close();
      throw failure;
    }
  }

  /// Those that were fitted to these series, if they were: nobody trains kernels, so the model that training began with has the same.
  private Optional<KernelFeatures> kernelsOf(TimeSeriesSet train) {
    return contract.filter(known -> known.data().equals(DataFingerprint.of(train)))
        .flatMap(_ -> whitened).flatMap(WhitenedEmbedding::kernels);
  }

  /// Fits the scale of the pooled embedding to the training series: each of its numbers then has mean 0 and deviation 1 over them. The linear embedding is
  /// left as it is. Training does this whenever it writes its state. A whitening that was fitted before is forgotten.
  ///
  /// @param train without missing values; of a large set, 1,000 are drawn
  public void fitScale(TimeSeriesSet train) {
    if (config.embedding() != EmbeddingKind.POOLED) return;
    scale.fit(engine, new BatchedEncoding(engine, this).encode(prepared(train.draw(SCALE_SERIES))));
    forgetWhitening();
  }

  /// Fits what embeddings of a finished run are made of to the training series and to copies of them at other rates and cut to a part: the encoder's features are whitened,
  /// what differs between those of one series is made small, and those of fixed kernels come beside them. Training does this once, at its end; the linear embedding is
  /// left as it is. The rates are those of the model's contract, or the usual ones where it has none.
  ///
  /// @param train those that the scale was fitted to; of a large set, 256 are drawn
  public void fitWhitening(TimeSeriesSet train) {
    fitWhitening(train, rates());
  }

  /// The same for copies at rates that are given.
  ///
  /// @param train those that the scale was fitted to; of a large set, 256 are drawn
  /// @param rates of the copies, relative to that of the series
  public void fitWhitening(TimeSeriesSet train, RateRange rates) {
    fitWhitening(train, rates, Optional.empty());
  }

  private void fitWhitening(TimeSeriesSet train, RateRange rates, Optional<KernelFeatures> kernels) {
    forgetWhitening();
    if (config.embedding() != EmbeddingKind.POOLED) return;
    var views = new SeriesViews(train.draw(WHITENING_SERIES), rates, seed);
    var features = new ViewFeatures(views, config.featureSize(), this::encodeUnwhitened);
    whitened = Optional.of(WhitenedEmbedding.fit(engine, config, preparation, features, kernels));
  }

  private RateRange rates() {
    return contract.map(RateContract::rates).orElse(InvariantView.USUAL_RATES);
  }

  /// Whether embeddings are all that training makes of them. Pooled ones are not before [#fitWhitening], which a run does at its end.
  public boolean isFinished() {
    return config.embedding() == EmbeddingKind.LINEAR || whitened.isPresent();
  }

  /// Bytes on the heap that [#fitWhitening] works with, beside the model; 0 where it does nothing.
  ///
  /// @param series to train on
  public static long whiteningBytes(ModelConfig config, int series) {
    return config.embedding() == EmbeddingKind.POOLED
        ? WhitenedEmbedding.bytesToFit(config, Math.min(series, WHITENING_SERIES))
        : 0;
  }

  private void forgetWhitening() {
    whitened.ifPresent(WhitenedEmbedding::close);
    whitened = Optional.empty();
  }

  /// NT-Xent between the two views of a batch.
  ///
  /// @param temperature above 0
  /// @return the loss, one element
  public Tensor contrastiveLoss(Execution execution, PairedBatch batch, float temperature) {
    return new NtXentLoss(temperature).of(execution, projections(execution, batch));
  }

  /// What the loss sees of a batch: all first views, then all second views in the same order.
  ///
  /// Both views pass through the encoder together, so batch normalisation sees one distribution.
  ///
  /// @return `[2B, D]`
  public Tensor projections(Execution execution, PairedBatch batch) {
    Shape shape = Shape.of(batch.batchSize(), batch.channels(), batch.length());
    Tensor views = execution.run(
        new Concat(List.of(execution.constant(shape, batch.view1()), execution.constant(shape, batch.view2())), 0)); // [2B, C, L]
    Tensor lengths = execution.run(
        new Concat(List.of(lengths(execution, batch.lengths1()), lengths(execution, batch.lengths2())), 0)); // [2B]
    return projections(execution, views, lengths);
  }

  /// NT-Xent between the two views of a batch that is on the backend already.
  ///
  /// Both views pass through the encoder together, so batch normalisation sees one distribution.
  ///
  /// @param views       `[2B, C, L]`: all first views, then all second views in the same order; zero behind the valid samples
  /// @param lengths     `[2B]`, valid samples of each, at most L; not looked at, as they may be on a device
  /// @param temperature above 0
  /// @return the loss, one element
  public Tensor contrastiveLoss(Execution execution, Tensor views, Tensor lengths, float temperature) {
    return new NtXentLoss(temperature).of(execution, projections(execution, views, lengths));
  }

  /// What the loss sees of a batch that is on the backend already.
  ///
  /// @param views   `[2B, C, L]`, as above
  /// @param lengths `[2B]`, as above
  /// @return `[2B, D]`
  public Tensor projections(Execution execution, Tensor views, Tensor lengths) {
    return head.forward(execution, encoder.linear(execution, channelsLast(execution, views), lengths)); // [2B, D]
  }

  /// What the encoder gives for each series of a batch, before it is scaled and whitened.
  ///
  /// @param series  `[B, C, L]`, zero behind the valid samples
  /// @param lengths `[B]`, valid samples of each, at most L; not looked at, as they may be on a device
  /// @return `[B, config().featureSize()]`
  public Tensor embed(Execution execution, Tensor series, Tensor lengths) {
    Tensor channelsLast = channelsLast(execution, series);
    return switch (config.embedding()) {
      case LINEAR -> encoder.linear(execution, channelsLast, lengths);
      case POOLED -> encoder.pooled(execution, channelsLast, lengths);
    };
  }

  /// The embeddings of a set, in its order. A series' embedding does not depend on the others. Before training has ended they are not whitened, and a compact one has
  /// all of its `config().featureSize()` numbers. The first series that lie outside of the rate contract are logged as a warning.
  ///
  /// @return `[N][config().embeddingSize()]`, all finite
  /// @throws BadSeriesException if a value is missing, the channels are not those of the model, or an embedding is not finite
  public float[][] encode(TimeSeriesSet series) {
    float[][] encoded = engine.inTurn(() -> requireFinite(series, embeddings(prepared(series))));
    contract.flatMap(known -> known.outside(series)).filter(_ -> warned.compareAndSet(false, true))
        .ifPresent(line -> LOG.warn("{}: {}", series.name(), line)); // last: of series that are refused, nothing else is to be said
    return encoded;
  }

  /// The embedding of one series, as [#encode(TimeSeriesSet)] gives it. Many are encoded faster as a set.
  ///
  /// @return `[config().embeddingSize()]`
  public float[] encode(TimeSeries series) {
    return encode(TimeSeriesSet.of("series", List.of(series)))[0];
  }

  /// The embeddings of series whose rates are known. Each is brought to the canonical rate instead of the canonical length, by the same filter: a second of time
  /// then has as many samples as a second of the training series, and a window of another span is not mistaken for another speed.
  ///
  /// @param rates `[N]`, relative to the rate of the training series. Read.
  /// @return `[N][config().embeddingSize()]`, all finite
  /// @throws IllegalArgumentException if the model has no contract, or a rate is none
  /// @throws BadSeriesException as [#encode]
  public float[][] encodeAtRates(TimeSeriesSet series, double[] rates) {
    requireChannels(series);
    RateContract known = contract.orElseThrow(() -> new IllegalArgumentException(
        "known rates: the checkpoint has no rate contract; train it again with this version, or encode blindly"));
    TimeSeriesSet prepared = new KnownRate(preparation, known).prepare(series.requireComplete(), rates);
    return engine.inTurn(() -> requireFinite(series, embeddings(prepared)));
  }

  /// The embeddings of a set before their whitening, for pictures: whitening spreads what differs between series over so many directions that no two of them show it.
  ///
  /// @return `[N][config().featureSize()]`, all finite
  /// @throws BadSeriesException as [#encode]
  public float[][] encodeUnwhitened(TimeSeriesSet series) {
    return engine.inTurn(() -> requireFinite(series, features(prepared(series))));
  }

  private float[][] embeddings(TimeSeriesSet prepared) {
    float[][] features = features(prepared);
    return whitened.map(embedding -> embedding.of(engine, features, prepared)).orElse(features);
  }

  /// What the encoder gives, scaled.
  private float[][] features(TimeSeriesSet prepared) {
    float[][] features = new BatchedEncoding(engine, this).encode(prepared);
    scale.apply(engine, features);
    return features;
  }

  private static float[][] requireFinite(TimeSeriesSet series, float[][] embeddings) {
    for (int i = 0; i < embeddings.length; i++) requireFinite(series.name(), i, embeddings[i]);
    return embeddings;
  }

  private static void requireFinite(String set, int index, float[] embedding) {
    for (float value : embedding) {
      if (Float.isFinite(value)) continue;
      throw new BadSeriesException(set + ": the embedding of series " + (index + 1)
          + " is not finite; its values are too large for this model (compare them with the training series), or the model has diverged"
          + " (train it again with a lower learning rate)");
    }
  }

  private TimeSeriesSet prepared(TimeSeriesSet series) {
    requireChannels(series);
    TimeSeriesSet complete = series.requireComplete();
    return preparation.map(prepare -> prepare.apply(complete)).orElse(complete);
  }

  private void requireChannels(TimeSeriesSet series) {
    int channels = config.encoder().inputChannels();
    if (series.channels() != channels) {
      throw new BadSeriesException(
          series.name() + ": " + Count.of(series.channels(), "channel") + ", but the model was made for " + channels
              + "; give series like those it was trained on");
    }
  }

  private static Tensor lengths(Execution execution, int[] lengths) {
    float[] values = new float[lengths.length];
    for (int i = 0; i < values.length; i++) values[i] = lengths[i];
    return execution.constant(Shape.of(values.length), values);
  }

  private Tensor channelsLast(Execution execution, Tensor series) {
    ShapeMismatch.check(series.dim(1) == config.encoder().inputChannels(), "encoder",
        "the series must have as many channels as the model was made for", "series", series, "input channels",
        config.encoder().inputChannels());
    return execution.run(new Permute(series, 0, 2, 1)); // [B, L, C]
  }

  /// Structure.
  public ModelConfig config() {
    return config;
  }

  /// What is done to every series before the encoder sees it; empty if nothing.
  public Optional<InputPreparation> preparation() {
    return preparation;
  }

  /// What the model was trained for; empty for one that was not trained by a session.
  public Optional<RateContract> contract() {
    return contract;
  }

  /// States what the model is trained for. Part of every checkpoint from here on.
  public void promise(RateContract what) {
    contract = Optional.of(what);
  }

  /// Seed of the first parameters.
  public long seed() {
    return seed;
  }

  /// Trained parameters. Freeze one by `setFrozen`.
  public List<Parameter> parameters() {
    return state.parameters();
  }

  /// Everything a checkpoint keeps but the whitening of the embedding, which is fitted when training has ended.
  public ModelState state() {
    return state;
  }

  @Override
  public void close() {
    forgetWhitening();
    state.close();
  }
}
