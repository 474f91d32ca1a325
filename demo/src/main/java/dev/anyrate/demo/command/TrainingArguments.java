package dev.anyrate.demo.command;

import dev.anyrate.augment.prepare.CommonRate;
import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.train.ModelSizes;
import dev.anyrate.model.train.Preset;
import dev.anyrate.model.train.TrainingConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// How an encoder is trained, for every command that trains one: the preset, and what the user says over it.
final class TrainingArguments {
  private static final String CONFIG = "--config";

  @Mixin
  private EncoderArguments encoder;

  @Option(names = "--preset", paramLabel = "NAME", description = "invariant: holds at unseen rates; reference: the plain design, to compare with (default: invariant)")
  private Preset preset;

  @Option(names = "--standardize", paramLabel = "NAME", description = "set: by mean and deviation of all training series; series: each by its own, where recorders differ in gain and amplitude says nothing (default: set)")
  private StandardizationScope standardize;

  @Option(names = "--length", paramLabel = "N", description = "samples that the preset invariant brings every series to, the canonical length; 0 to choose them from the training series (default: 0)")
  private Integer length;

  @Mixin
  private ViewArguments views;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the data in total (default: invariant as many as make 120 steps, reference 10)")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "pairs in a step (default: invariant 32, reference 128)")
  private Integer batch;

  @Option(names = "--chunk", paramLabel = "N", description = "pairs that pass through the encoder at once: large batches in the memory of a chunk (default: the whole batch)")
  private Integer chunk;

  @Option(names = "--precision", paramLabel = "NAME", description = "of the activations that a step keeps: float32, or bf16 for half the memory and slightly other gradients (default: float32)")
  private Precision precision;

  @Option(names = "--temperature", paramLabel = "X", description = "of NT-Xent (default: 0.5)")
  private Float temperature;

  @Option(names = "--hidden", paramLabel = "N", description = "channels of the encoder (default: invariant 64, reference 128)")
  private Integer hidden;

  @Option(names = "--dim", paramLabel = "N", description = "size of the linear embedding (default: invariant 320, reference 64)")
  private Integer dim;

  @Option(names = "--embedding", paramLabel = "NAME", description = "pooled: statistics of all levels of the encoder, whitened, and features of fixed kernels beside them; linear: the map that the loss trains, of --dim numbers, and nothing else (default: invariant pooled, reference linear)")
  private EmbeddingKind embedding;

  @Option(names = "--compact", paramLabel = "N", description = "numbers that a pooled embedding is brought to, such as 128 for a search index; 0 for all of its 1024 (default: 0)")
  private Integer compact;

  @Option(names = "--kernels", paramLabel = "N", description = "features of fixed kernels (MiniRocket's) that half of a pooled embedding is made of, a multiple of 84; 0 for an embedding by the encoder alone (default: 4956, of a linear embedding 0)")
  private Integer kernels;

  @Option(names = "--projection", paramLabel = "N", description = "size of the projection that the loss sees (default: 64)")
  private Integer projection;

  @Mixin
  private OptimizationArguments optimization;

  @Option(names = "--rate-hz", paramLabel = "X", description = "sampling rate of the training series, kept in the checkpoint: series of other known rates can then be brought to it. Training series that carry rates of their own are brought to it first (default: the rate that all of them carry, if they carry one)")
  private Double rateHz;

  @Option(names = CONFIG, paramLabel = "FILE.yaml", description = "options by name, such as 'epochs: 40'; the command line wins over them")
  private Path config; // read before the options are parsed, and listed here for --help

  @Spec(Spec.Target.SELF)
  private CommandSpec group; // of these options alone

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  TrainingArguments() {}

  /// The preset's settings, and over them what the user said.
  TrainingConfig config(TimeSeriesSet train, long seed) {
    Preset chosen = OptionValues.or(preset, Preset.INVARIANT);
    TrainingConfig usual = chosen.defaults(train, OptionValues.or(batch, chosen.batch()), seed);
    EmbeddingKind kind = OptionValues.or(embedding, usual.embeddingKind());
    int usualKernels = kind == EmbeddingKind.POOLED ? usual.sizes().kernels() : 0;
    var sizes = new ModelSizes(OptionValues.or(hidden, usual.sizes().hidden()), OptionValues.or(dim, usual.sizes().embedding()),
        OptionValues.or(projection, usual.sizes().projection()), OptionValues.or(compact, usual.sizes().compact()),
        OptionValues.or(kernels, usualKernels));
    return new TrainingConfig(chosen, OptionValues.or(standardize, usual.standardize()),
        OptionValues.or(length, usual.length()), views.over(usual.views()), encoder.options(), sizes, kind,
        OptionValues.or(epochs, usual.epochs()), usual.batch(),
        OptionValues.or(chunk, usual.chunk()), OptionValues.or(precision, usual.precision()),
        OptionValues.or(temperature, usual.temperature()),
        optimization.over(usual.optimization()), seed);
  }

  /// The file of settings that the user gave; null for none.
  Path configFile() {
    return config;
  }

  /// The total of epochs that the user asked for; null for the preset's.
  Integer epochs() {
    return epochs;
  }

  /// Refuses a sampling rate that is none, before the work begins.
  void requireRate() {
    if (rateHz != null) RateContract.requireRateHz(rateHz);
  }

  /// The rate that the training series shall have; null if the user does not say it.
  Double rateHz() {
    return rateHz;
  }

  /// The training series at a rate: those that carry rates are brought to it, of others it is said.
  ///
  /// @param hertz null for series as they are
  static TimeSeriesSet rated(TimeSeriesSet train, Double hertz) {
    if (hertz == null) return train;
    boolean silent = train.series().stream().noneMatch(series -> series.rateHz().isPresent());
    return silent ? train.map(series -> series.withRateHz(hertz)) : new CommonRate(hertz).apply(train);
  }

  /// Every setting of a run, by the name of its option.
  static Map<String, Object> settings(TrainingConfig config) {
    var settings = new LinkedHashMap<String, Object>();
    EncoderArguments.settings(config.encoder(), settings);
    settings.put("preset", OptionValues.word(config.preset()));
    settings.put("standardize", OptionValues.word(config.standardize()));
    settings.put("length", config.length());
    ViewArguments.settings(config.views(), settings);
    settings.put("epochs", config.epochs());
    settings.put("batch", config.batch());
    settings.put("chunk", config.chunk());
    settings.put("precision", OptionValues.word(config.precision()));
    settings.put("temperature", config.temperature());
    settings.put("hidden", config.sizes().hidden());
    settings.put("dim", config.sizes().embedding());
    settings.put("embedding", OptionValues.word(config.embeddingKind()));
    settings.put("compact", config.sizes().compact());
    settings.put("kernels", config.sizes().kernels());
    settings.put("projection", config.sizes().projection());
    OptimizationArguments.settings(config.optimization(), settings);
    return settings;
  }

  /// What the user said, by the names of the options.
  Map<String, Object> given() {
    ParseResult parsed = command.commandLine().getParseResult();
    var given = new TreeMap<String, Object>();
    for (OptionSpec option : group.options()) {
      if (option.longestName().equals(CONFIG) || !parsed.hasMatchedOption(option.longestName())) continue;
      Object value = parsed.matchedOptionValue(option.longestName(), null);
      given.put(option.longestName().substring(2), switch (value) {
        case Enum<?> choice -> OptionValues.word(choice);
        case WholeNumbers list -> list.toString();
        default -> value;
      });
    }
    return given;
  }

  /// Refuses what the user said in other words when the run was started: to drop an option silently would surprise.
  ///
  /// @param ofRun its settings by the names of the options
  void refuseOthers(Map<String, Object> ofRun) {
    given().forEach((name, value) -> {
      Object before = ofRun.get(name);
      if (value.equals(before)) return;
      String run = before == null ? "run that is resumed, which has none" : before + " that the resumed run was started with";
      throw new IllegalArgumentException(
          "--" + name + " " + value + " differs from the " + run + "; leave it out, or start a new run without --resume");
    });
  }
}
