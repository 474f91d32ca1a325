package dev.anyrate.demo.command;

import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.evaluate.EmbeddingHealth;
import dev.anyrate.model.io.AtomicFile;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `anyrate train`: from series to a checkpoint.
@Command(name = "train", description = "Trains an encoder on the TRAIN part of a dataset; no labels are used.")
public final class TrainCommand implements Callable<Integer> {
  private static final long DEFAULT_SEED = 42;
  private static final double MEBIBYTE = 1 << 20;

  @Mixin
  private DataArguments data;

  @Option(names = "--out", paramLabel = "FILE.safetensors", required = true, description = "the checkpoint; the state to resume from is kept beside it")
  private Path out;

  @Mixin
  private EncoderArguments encoder;

  @Option(names = "--preset", paramLabel = "NAME", description = "invariant: holds at unseen rates; reference: the plain design, to compare with (default: invariant)")
  private Preset preset;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the data in total (default: invariant as many as make 160 steps, reference 10)")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "pairs in a step (default: invariant 32, reference 128)")
  private Integer batch;

  @Option(names = "--lr", paramLabel = "X", description = "learning rate (default: 0.001)")
  private Float learningRate;

  @Option(names = "--temperature", paramLabel = "X", description = "of NT-Xent (default: 0.5)")
  private Float temperature;

  @Option(names = "--hidden", paramLabel = "N", description = "channels of the encoder (default: invariant 64, reference 128)")
  private Integer hidden;

  @Option(names = "--dim", paramLabel = "N", description = "size of the linear embedding (default: invariant 320, reference 64)")
  private Integer dim;

  @Mixin
  private StepArguments step;

  @Option(names = "--seed", paramLabel = "N", description = "of parameters, order and views (default: 42)")
  private Long seed;

  @Option(names = "--rate-hz", paramLabel = "X", description = "sampling rate of the training series, kept in the checkpoint: series of other known rates can then be brought to it")
  private Double rateHz;

  @Option(names = "--config", paramLabel = "FILE.yaml", description = "options by name, such as 'epochs: 40'; the command line wins over them")
  @SuppressWarnings("unused") // read before the options are parsed, and listed here for --help
  private Path config;

  @Option(names = "--resume", paramLabel = "FILE", description = "go on with the run of this checkpoint; settings are those of the run")
  private Path resume;

  @Mixin
  private EngineArguments engineArguments;

  @Spec
  private CommandSpec spec;

  TrainCommand() {}

  @Override
  public Integer call() {
    OutputFile.require(out, ".safetensors");
    if (rateHz != null) RateContract.requireRateHz(rateHz);
    AtomicFile.requireWritable(TrainingState.besides(out));
    AtomicFile.requireWritable(SettingsFile.besides(out));
    boolean resuming = resume != null && isThereToResume();
    TimeSeriesSet train = data.read(Split.TRAIN);
    try (Engine engine = engineArguments.open();
        TrainingSession session = resuming
            ? TrainingSession.resume(engine, train, resume, Optional.ofNullable(epochs))
            : TrainingSession.start(engine, train, settings(train))) {
      if (resuming) sayWhereItGoesOn(session);
      SettingsFile.write(out, inEffect(session.config(), engine));
      double hertz = rateHz != null ? rateHz : resuming ? rateOfResumed(engine) : 0;
      if (hertz > 0) session.model().promise(session.model().contract().orElseThrow().withRateHz(hertz));
      System.out.printf("training on %s: %d series, %d channels, length %s; %d parameters, %d epochs%n", train.name(),
          train.size(),
          train.channels(), lengths(train), session.model().state().parameterCount(), session.config().epochs());
      try (var progress = new ConsoleProgress(session.config().epochs(), train.size())) {
        var transfers = new TransferWatch(engine, progress);
        session.run(out, transfers);
        if (engineArguments.verbose()) transfers.summary().ifPresent(line -> System.err.println("anyrate: " + line));
        EmbeddingHealth.of(session.model().encode(train)).warning().ifPresent(progress::warning);
      }
      if (engineArguments.verbose()) session.stepMemory().ifPresent(TrainCommand::sayMemory);
      System.out.printf("checkpoint: %s (embeddings of %d numbers)%n", out, session.model().config().embeddingSize());
    }
    return 0;
  }

  /// Whether the run to resume has begun. If so, its settings are those of this call.
  private boolean isThereToResume() {
    Path state = TrainingState.besides(resume);
    if (Files.exists(state)) {
      refuseOtherSettings(TrainingState.read(resume));
      return true;
    }
    if (Files.exists(resume)) {
      throw new ParameterException(spec.commandLine(), resume + ": " + state
          + ", which keeps the state to resume from, does not exist; name the checkpoint of a run, or leave out --resume to start a new one");
    }
    System.err.println("anyrate: " + resume + " does not exist yet, so there is nothing to resume; starting from the beginning");
    return false;
  }

  private static void sayMemory(MemoryUse step) {
    System.err.printf(Locale.ROOT,
        "anyrate: memory of a training step: %.1f MiB of activations kept for the backward pass, %.1f MiB at the peak, %.2f times as much%n",
        step.activations() / MEBIBYTE, step.peak() / MEBIBYTE, step.ratio());
  }

  /// What the user said when the run was started; 0 if nothing, or if the run died before it wrote a checkpoint.
  private double rateOfResumed(Engine engine) {
    if (!Files.exists(resume)) return 0;
    try (ContrastiveModel before = ContrastiveModel.load(engine, resume)) {
      return before.contract().map(RateContract::rateHz).orElse(0.0);
    }
  }

  private void sayWhereItGoesOn(TrainingSession session) {
    int epoch = session.progress().epoch();
    if (epoch > session.config().epochs()) {
      System.out.printf("%s has all its %d epochs already; a larger --epochs goes on from there%n", resume, epoch - 1);
    } else {
      System.out.printf("resuming %s in epoch %d%n", resume, epoch);
    }
  }

  /// The preset's settings, and over them what the user said.
  private TrainingConfig settings(TimeSeriesSet train) {
    Preset chosen = preset == null ? Preset.INVARIANT : preset;
    TrainingConfig usual = chosen.defaults(train, or(batch, chosen.batch()), or(seed, DEFAULT_SEED));
    return step.over(new TrainingConfig(chosen, or(epochs, usual.epochs()), usual.batch(), or(learningRate, usual.learningRate()),
        usual.warmup(),
        usual.cosine(), usual.weightDecay(), usual.clip(), or(temperature, usual.temperature()), or(hidden, usual.hidden()),
        or(dim, usual.embedding()), usual.projection(), usual.seed()).withEncoder(encoder.options()));
  }

  /// Every setting of the run, by the name of its option.
  private Map<String, Object> inEffect(TrainingConfig config, Engine engine) {
    var settings = new LinkedHashMap<String, Object>();
    data.settings(settings);
    settings.put("out", out.toString());
    EncoderArguments.settings(config.encoder(), settings);
    settings.put("preset", OptionValues.word(config.preset()));
    settings.put("epochs", config.epochs());
    settings.put("batch", config.batch());
    settings.put("lr", config.learningRate());
    settings.put("temperature", config.temperature());
    settings.put("hidden", config.hidden());
    settings.put("dim", config.embedding());
    StepArguments.settings(config, settings);
    settings.put("seed", config.seed());
    if (rateHz != null) settings.put("rate-hz", rateHz);
    settings.put("backend", engine.report().chosen());
    return settings;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  /// A resumed run has the settings it was started with; silently dropping an option would surprise.
  private void refuseOtherSettings(TrainingState state) {
    TrainingConfig run = state.config();
    int done = state.progress().epoch() - 1;
    if (epochs != null && epochs < done) {
      throw new ParameterException(spec.commandLine(),
          "--epochs " + epochs + ": " + done + " are done already; give at least as many");
    }
    refuse("--encoder", encoder.over(run.encoder()), run.encoder());
    refuse("--preset", preset, run.preset());
    refuse("--batch", batch, run.batch());
    refuse("--lr", learningRate, run.learningRate());
    refuse("--temperature", temperature, run.temperature());
    refuse("--hidden", hidden, run.hidden());
    refuse("--dim", dim, run.embedding());
    refuse("--seed", seed, run.seed());
    var ofRun = new HashMap<String, Object>();
    StepArguments.settings(run, ofRun);
    step.forEachGiven((name, given) -> refuse("--" + name, given, ofRun.get(name)));
  }

  private void refuse(String option, Object given, Object ofRun) {
    if (given == null || given.equals(ofRun)) return;
    throw new ParameterException(spec.commandLine(),
        option + " " + given + " differs from the " + ofRun + " that the resumed run was started"
            + " with; leave it out, or start a new run without --resume");
  }

  private static String lengths(TimeSeriesSet set) {
    return set.minLength() == set.maxLength() ? String.valueOf(set.maxLength()) : set.minLength() + " to " + set.maxLength();
  }
}
