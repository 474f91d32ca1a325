package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedEpoch;
import dev.anyrate.augment.pairs.PairedTimeSeriesDataset;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.contract.DataFingerprint;
import dev.anyrate.model.evaluate.EmbeddingHealth;
import dev.anyrate.model.loss.NtXentLoss;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.optim.GradientClipping;
import dev.anyrate.model.optim.Optimizer;
import dev.anyrate.model.optim.WeightAverage;
import java.nio.file.Path;
import java.util.Optional;

/// One training run: the loop over epochs and batches, with its state on disk.
///
/// The result depends on data, configuration and backend alone. A run that was killed at any moment and resumed ends in the same bytes as one that was not:
/// order and views follow from the seed, the epoch and the place in it, and [TrainingState] keeps everything else.
public final class TrainingSession implements AutoCloseable {
  /// So many series are enough to know whether all embeddings are alike.
  public static final int HEALTH_SERIES = 1000;

  /// Clipping that never clips, for runs without a limit: the norm is still watched.
  private static final float NO_LIMIT = Float.MAX_VALUE;
  private static final long NANOSECONDS_BETWEEN_SAVES = 30_000_000_000L;

  private final Engine engine;
  private final TrainingConfig config;
  private final TimeSeriesSet train;
  private final String dataFingerprint;
  private final PairedTimeSeriesDataset pairs;
  private final TrainingMemory memory;
  private final ContrastiveModel model;
  private final RecordedSteps<TrainingStep> steps;
  private final RecordedSteps<ProjectionStep> chunkSteps;
  private final Optimizer optimizer;
  private final GradientClipping clipping;
  private final WatchedLoss watched;
  private final Optional<WeightAverage> average;
  private final LossWatch watch;
  private final boolean rateViews;
  private Progress progress = Progress.start();
  private boolean finished;

  private TrainingSession(Engine engine, TimeSeriesSet train, TrainingConfig config, boolean rateViews) {
    TrainingConfig seen = rateViews ? config : config.withViews(config.views().atOneRate());
    Optional<InputPreparation> preparation = config.preset().preparation(train, config);
    this.engine = engine;
    this.config = config;
    this.train = train;
    this.rateViews = rateViews;
    this.dataFingerprint = DataFingerprint.of(train);
    this.pairs = config.preset().pairs(train, preparation, seen);
    ModelConfig sizes = config.preset().model(train.channels(), config);
    String canonical = config.length() == 0 ? "the length that the preset brings all series to" : "the given length";
    preparation.ifPresentOrElse(prepared -> sizes.encoder().requireSamples(prepared.canonicalLength(), canonical),
        () -> sizes.encoder().requireSamples(train.minLength(), "the shortest series"));
    this.memory = TrainingMemory.of(sizes, config, train.size(), pairs.batchSize(), pairs.length());
    if (engine.kernels().memory() instanceof MemoryPool pool)
      memory.requireWithin(pool, pairs.batchSize(), pairs.length(),
          preparation.isPresent());
    this.model = ContrastiveModel.create(engine, sizes, preparation, config.seed());
    model.promise(TrainedRates.of(train, preparation, seen, dataFingerprint));
    this.steps = TrainingStep.of(engine, config.precision(), model, config.temperature());
    this.chunkSteps = ProjectionStep.of(engine, config.precision(), model);
    Optimization optimization = config.optimization();
    this.optimizer = Adam.adamWSparingVectors(engine, model.parameters(), optimization.learningRate(),
        optimization.weightDecay());
    this.clipping = new GradientClipping(engine, model.parameters(), optimization.clip() == 0 ? NO_LIMIT : optimization.clip());
    this.watched = new WatchedLoss(engine);
    this.average = optimization.averaging() == 0
        ? Optional.empty()
        : Optional.of(new WeightAverage(engine, model.state().weights(), optimization.averaging()));
    this.watch = new LossWatch(optimization.learningRate(), config.temperature());
  }

  /// A run from the beginning.
  ///
  /// @param train without missing values
  /// @throws IllegalArgumentException if a batch cannot fit in the heap
  public static TrainingSession start(Engine engine, TimeSeriesSet train, TrainingConfig config) {
    return new TrainingSession(engine, train.requireComplete(), config, true);
  }

  /// The same run on views that differ in everything but the rate: a baseline.
  ///
  /// @param train without missing values
  public static TrainingSession withoutRateViews(Engine engine, TimeSeriesSet train, TrainingConfig config) {
    return new TrainingSession(engine, train.requireComplete(), config, false);
  }

  /// Goes on with the run whose checkpoint is at `checkpoint`.
  ///
  /// @param train  the same data as before
  /// @param epochs new total of epochs, if it shall change
  /// @throws dev.anyrate.model.io.CheckpointFormatException if the training state is damaged
  /// @throws IllegalArgumentException                       if the data is not that of the run, or a batch cannot fit in the heap
  public static TrainingSession resume(Engine engine, TimeSeriesSet train, Path checkpoint, Optional<Integer> epochs) {
    TrainingState state = TrainingState.read(checkpoint);
    state.requireData(train);
    TrainingConfig config = epochs.map(state.config()::withEpochs).orElse(state.config());
    var session = new TrainingSession(engine, train, config, state.rateViews());
    try {
      session.progress = state.restore(engine, session.model.state(), session.optimizer, session.average,
          session.pairs.batchesPerEpoch());
      return session;
    } catch (RuntimeException failure) {
      session.close();
      throw failure;
    }
  }

  /// Trains to the last epoch.
  ///
  /// On the way only the training state is written, which is enough to resume: before the first step, after every epoch, and at least every 30 seconds. The model
  /// follows when training has ended: no unfinished one is taken for it, and one that stands there from before stays whole until then.
  ///
  /// @param checkpoint where the model is written; the state lies beside it, see [TrainingState#besides]
  /// @throws TrainingStopped       if the loss says that going on is pointless
  /// @throws IllegalStateException if the run is at its end already
  public void run(Path checkpoint, TrainingListener listener) {
    requireUnfinished();
    Diagnosis diagnosis = diagnosis(listener);
    save(checkpoint);
    listener.begun();
    train(() -> save(checkpoint), listener, diagnosis);
    finish();
    model.save(checkpoint);
    TrainingState.sayEnded(checkpoint);
  }

  /// Trains to the last epoch without writing anything.
  ///
  /// @throws TrainingStopped       if the loss says that going on is pointless
  /// @throws IllegalStateException if the run is at its end already
  public void run(TrainingListener listener) {
    requireUnfinished();
    train(() -> model.fitScale(train), listener, diagnosis(listener));
    finish();
  }

  /// Leaves the model as its user wants it: with the averaged weights, if they are wanted, and the embedding whitened.
  private void finish() {
    finished = true;
    average.ifPresent(weights -> {
      weights.swap();
      model.fitScale(train);
    });
    model.fitWhitening(train, config.views().rates()); // of the baseline too: only its training is to differ
  }

  /// At the end of a run the averaged weights are in the place of the weights: trained further or saved as a state, one would be taken for the other.
  private void requireUnfinished() {
    if (!finished) return;
    throw new IllegalStateException(
        "training: this run is at its end; to go on, resume its checkpoint with more epochs, in a session of its own");
  }

  private Diagnosis diagnosis(TrainingListener listener) {
    var diagnosis = new Diagnosis(config, train.size(), progress.said(), listener);
    diagnosis.atStart(pairs.batchSize());
    progress = progress.afterSaying(diagnosis.said());
    return diagnosis;
  }

  private void train(Runnable save, TrainingListener listener, Diagnosis diagnosis) {
    long start = System.nanoTime();
    long lastSave = start;
    while (progress.epoch() <= config.epochs()) {
      int epoch = progress.epoch();
      int pairsInBatch = 0;
      try (PairedEpoch batches = pairs.epoch(epoch, progress.batch())) {
        for (PairedBatch batch : batches) {
          double loss = step(batch);
          pairsInBatch = batch.batchSize();
          progress = progress.afterBatch(loss);
          listener.step(epoch, progress.batch(), pairs.batchesPerEpoch(), batch.batchSize(), loss);
          if (progress.batch() < pairs.batchesPerEpoch() && System.nanoTime() - lastSave > NANOSECONDS_BETWEEN_SAVES) {
            save.run();
            lastSave = System.nanoTime();
          }
        }
      }
      progress = progress.afterEpoch();
      if (diagnosis.wantsCheckup(epoch)) {
        model.fitScale(train);
        progress = progress.afterCheckup(Checkup.of(epoch, model, train));
        diagnosis.afterCheckup(progress.checkups());
      }
      double chance = NtXentLoss.chance(pairsInBatch);
      diagnosis.afterEpoch(progress.losses(), chance, pairs.batchesPerEpoch());
      progress = progress.afterSaying(diagnosis.said()); // before the state is written
      save.run();
      lastSave = System.nanoTime();
      listener.epoch(epoch, progress.losses().getLast(), chance, (lastSave - start) * 1e-9);
      watch.afterEpoch(progress.losses(), chance, pairsInBatch, pairs.batchesPerEpoch());
    }
  }

  /// One update from one batch.
  ///
  /// @return the loss before the update
  private double step(PairedBatch batch) {
    if (config.chunk() > 0 && config.chunk() < batch.batchSize()) {
      try (Tape tape = engine.tape()) {
        Tensor loss = tape.run(new CachedContrastiveLoss(engine, model, chunkSteps, batch, config.chunk(), config.temperature()));
        return update(loss, tape.backward(loss));
      }
    }
    TrainingStep step = steps.of(batch);
    return update(step.run(batch), step.gradients());
  }

  private double update(Tensor loss, Gradients gradients) {
    clipping.clip(gradients);
    double value = watched.read(loss, clipping.norm());
    if (!Double.isFinite(value)) {
      watch.afterStep(progress.epoch(), optimizer.steps(), engine.toHost(loss)[0], engine.toHost(clipping.norm())[0]);
    }
    optimizer.setLearningRate(config.optimization().learningRateAt(optimizer.steps(), totalSteps()));
    optimizer.step(gradients);
    average.ifPresent(weights -> weights.update(optimizer.steps()));
    return value;
  }

  /// Of the whole run, as far as they can be counted: a run may be meant to be ended by hand.
  private int totalSteps() {
    return (int) Math.min(Integer.MAX_VALUE, (long) config.epochs() * pairs.batchesPerEpoch());
  }

  /// Writes the training state as it is now, with the averaged weights beside the others, if they are wanted.
  void save(Path checkpoint) {
    average.ifPresent(WeightAverage::swap);
    model.fitScale(train);
    average.ifPresent(WeightAverage::swap);
    double rateHz = train.commonRateHz().orElse(0);
    TrainingState.write(engine, checkpoint, config, rateViews, dataFingerprint, rateHz, progress, model.state(), optimizer,
        average);
  }

  /// The model in training. It ends with the session: whoever needs it longer saves and loads it.
  public ContrastiveModel model() {
    return model;
  }

  /// What it is trained on.
  public TimeSeriesSet train() {
    return train;
  }

  /// Settings of this run.
  public TrainingConfig config() {
    return config;
  }

  /// Series in a training step.
  public int pairsPerStep() {
    return pairs.batchSize();
  }

  /// Whether the embeddings of the training series tell these apart, as they are now; of a large set, [#HEALTH_SERIES] that are drawn say so. Looked at before their
  /// whitening, which spreads even what hardly differs, and without the fixed kernels, which nobody trained.
  public EmbeddingHealth health() {
    return EmbeddingHealth.of(model.encodeUnwhitened(train.draw(HEALTH_SERIES)));
  }

  /// Memory of a training step, or of a chunk of one, beside parameters and optimiser state; empty before the first one.
  public Optional<MemoryUse> stepMemory() {
    return steps.memory().or(chunkSteps::memory);
  }

  /// What training needs, by estimate.
  public TrainingMemory memory() {
    return memory;
  }

  /// How far the run has come.
  public Progress progress() {
    return progress;
  }

  @Override
  public void close() {
    steps.close();
    chunkSteps.close();
    average.ifPresent(WeightAverage::close);
    watched.close();
    clipping.close();
    optimizer.close();
    model.close();
  }
}
