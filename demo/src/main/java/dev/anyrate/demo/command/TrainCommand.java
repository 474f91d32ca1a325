package dev.anyrate.demo.command;

import dev.anyrate.augment.read.Split;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.train.TrainingConfig;
import dev.anyrate.model.train.TrainingSession;
import dev.anyrate.model.train.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Option(names = "--out", paramLabel = "FILE.safetensors", required = true, description = "the checkpoint, written when training has ended; the state to resume from is kept beside it")
  private Path out;

  @Option(names = "--overwrite", description = "replace a checkpoint of this name; it stays whole until the new one is finished")
  private boolean overwrite;

  @Mixin
  private TrainingArguments training;

  @Option(names = "--seed", paramLabel = "N", description = "of parameters, order and views (default: 42)")
  private Long seed;

  @Option(names = "--resume", paramLabel = "FILE", description = "go on with the run of this checkpoint; settings are those of the run")
  private Path resume;

  @Mixin
  private EngineArguments engineArguments;

  @Spec
  private CommandSpec spec;

  TrainCommand() {}

  @Override
  public Integer call() {
    var files = new RunFiles(out);
    files.requireWritable();
    training.requireRate();
    if (!overwrite && !files.isOf(resume)) files.requireNone(training.configFile());
    boolean resuming = resume != null && isThereToResume();
    TimeSeriesSet given = data.read(Split.TRAIN);
    try (Engine engine = engineArguments.open();
        TrainingSession session = resuming ? goOn(engine, given) : begin(engine, given)) {
      if (resuming) sayWhereItGoesOn(session);
      boolean done = !isLeftToDo(session) && files.isOf(resume) && Files.exists(out) && TrainingState.read(out).ended();
      if (!done) train(engine, session, files);
      System.out.printf("checkpoint: %s (embeddings of %s)%n", out, Count.of(session.model().config().embeddingSize(), "number"));
    }
    return 0;
  }

  private void train(Engine engine, TrainingSession session, RunFiles files) {
    TimeSeriesSet train = session.train();
    if (isLeftToDo(session)) sayWhatIsTrained(session, train);
    try (var progress = new ConsoleProgress(session.config().epochs(), train.size()) {
      @Override
      public void begun() { // not before: settings of a run that came to nothing would be in the way of the next one
        files.write(training.configFile(), inEffect(session, engine));
      }
    }) {
      var device = new DeviceWatch(engine, progress);
      session.run(out, device);
      if (engineArguments.verbose()) device.summary().ifPresent(line -> System.err.println("anyrate: " + line));
      session.health().warning().ifPresent(progress::warning);
    }
    if (engineArguments.verbose()) session.stepMemory().ifPresent(TrainCommand::sayMemory);
  }

  /// Whether the run to resume has begun. If so, its settings are those of this call. A call that resumes what it writes may be repeated until it is done, so it also begins.
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
    if (!new RunFiles(out).isOf(resume)) {
      throw new IllegalArgumentException(
          resume + ": no such checkpoint to resume; check the path, or leave out --resume to start a new run");
    }
    System.err.println("anyrate: " + resume + " does not exist yet, so there is nothing to resume; starting from the beginning");
    return false;
  }

  private static void sayMemory(MemoryUse step) {
    System.err.printf(Locale.ROOT,
        "anyrate: memory of a training step: %.1f MiB of activations kept for the backward pass, %.1f MiB at the peak, %.2f times as much%n",
        step.activations() / MEBIBYTE, step.peak() / MEBIBYTE, step.ratio());
  }

  private TrainingSession begin(Engine engine, TimeSeriesSet series) {
    TimeSeriesSet train = TrainingArguments.rated(series, training.rateHz());
    return TrainingSession.start(engine, train, training.config(train, seed == null ? DEFAULT_SEED : seed));
  }

  private TrainingSession goOn(Engine engine, TimeSeriesSet series) {
    TrainingState state = TrainingState.read(resume);
    Double rate = rateOfRun(engine, state);
    Map<String, Object> settings = TrainingArguments.settings(state.config());
    if (rate != null) settings.put("rate-hz", rate);
    if (training.epochs() != null) settings.put("epochs", training.epochs()); // a new total is welcome
    training.refuseOthers(settings);
    return TrainingSession.resume(engine, TrainingArguments.rated(series, rate), resume, Optional.ofNullable(training.epochs()));
  }

  /// Rate of the training series of the run to resume, null if nobody said it. Of a run by an older version its model says so, or else this call.
  private Double rateOfRun(Engine engine, TrainingState state) {
    if (state.rateHz().isPresent()) return state.rateHz().getAsDouble() > 0 ? (Double) state.rateHz().getAsDouble() : null;
    if (!Files.exists(resume)) return training.rateHz();
    try (ContrastiveModel before = ContrastiveModel.load(engine, resume)) {
      return before.contract().map(RateContract::rateHz).filter(hertz -> hertz > 0).orElse(null);
    }
  }

  private static boolean isLeftToDo(TrainingSession session) {
    return session.progress().epoch() <= session.config().epochs();
  }

  private static void sayWhatIsTrained(TrainingSession session, TimeSeriesSet train) {
    System.out.printf("training on %s: %d series, %s, length %s; %d parameters, %s%s%n", train.name(),
        train.size(), Count.of(train.channels(), "channel"), train.lengthRange(),
        session.model().state().parameterCount(), Count.of(session.config().epochs(), "epoch"), batches(session));
  }

  private void sayWhereItGoesOn(TrainingSession session) {
    int epoch = session.progress().epoch();
    if (isLeftToDo(session)) {
      System.out.printf("resuming %s in epoch %d%n", resume, epoch);
    } else {
      System.out.printf("%s has made its %s already; a larger --epochs goes on from there%n", resume,
          Count.of(epoch - 1, "epoch"));
    }
  }

  /// Every setting of the run, by the name of its option.
  private Map<String, Object> inEffect(TrainingSession session, Engine engine) {
    var settings = new LinkedHashMap<String, Object>();
    data.settings(settings);
    settings.put("out", out.toString());
    settings.putAll(TrainingArguments.settings(session.config()));
    settings.put("seed", session.config().seed());
    session.train().commonRateHz().ifPresent(hertz -> settings.put("rate-hz", hertz));
    settings.put("backend", engine.report().chosen());
    return settings;
  }

  /// A resumed run has the settings it was started with.
  private void refuseOtherSettings(TrainingState state) {
    int done = state.progress().epoch() - 1;
    if (training.epochs() != null && training.epochs() < done) {
      throw new ParameterException(spec.commandLine(),
          "--epochs " + training.epochs() + ": " + done + " are done already; give at least as many");
    }
    if (seed != null && seed != state.config().seed()) {
      throw new IllegalArgumentException("--seed " + seed + " differs from the " + state.config().seed()
          + " that the resumed run was started with; leave it out, or start a new run without --resume");
    }
  }

  /// What a step really works on, where there are fewer series than the batch would have.
  private static String batches(TrainingSession session) {
    int wanted = session.config().batch();
    int pairs = session.pairsPerStep();
    return pairs == wanted ? "" : ", batches of " + Count.of(pairs, "pair") + " instead of " + wanted;
  }
}
