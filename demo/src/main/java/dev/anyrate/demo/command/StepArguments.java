package dev.anyrate.demo.command;

import dev.anyrate.model.train.TrainingConfig;
import java.util.Map;
import picocli.CommandLine.Option;

/// Options of `train` that shape a step: schedule, safety, large batches.
final class StepArguments {
  @Option(names = "--warmup", paramLabel = "X", description = "share of all steps in which the learning rate rises (default: invariant 0.1, reference 0)")
  private Float warmup;

  @Option(names = "--cosine", arity = "1", paramLabel = "true|false", description = "whether the learning rate then falls to 0 by half a cosine (default: invariant true, reference false)")
  private Boolean cosine;

  @Option(names = "--weight-decay", paramLabel = "X", description = "of AdamW; norms and biases are spared (default: invariant 0.0001, reference 0)")
  private Float weightDecay;

  @Option(names = "--clip", paramLabel = "X", description = "limit of the gradient's norm; 0 for none (default: invariant 5, reference 0)")
  private Float clip;

  @Option(names = "--projection", paramLabel = "N", description = "size of the projection that the loss sees (default: 64)")
  private Integer projection;

  @Option(names = "--chunk", paramLabel = "N", description = "pairs that pass through the encoder at once: large batches in the memory of a chunk (default: the whole batch)")
  private Integer chunk;

  @Option(names = "--ema", paramLabel = "X", description = "decay of an exponential moving average of the weights, which the checkpoint then holds, such as 0.999 (default: 0, none)")
  private Float averaging;

  StepArguments() {}

  /// The settings, and over them what the user said.
  TrainingConfig over(TrainingConfig usual) {
    return new TrainingConfig(usual.preset(), usual.epochs(), usual.batch(), usual.learningRate(),
        OptionValues.or(warmup, usual.warmup()),
        OptionValues.or(cosine, usual.cosine()), OptionValues.or(weightDecay, usual.weightDecay()),
        OptionValues.or(clip, usual.clip()), usual.temperature(),
        usual.hidden(),
        usual.embedding(), OptionValues.or(projection, usual.projection()), usual.seed(), OptionValues.or(chunk, usual.chunk()),
        OptionValues.or(averaging, usual.averaging()), usual.encoder());
  }

  /// The settings by the names of these options.
  static void settings(TrainingConfig config, Map<String, Object> byName) {
    byName.put("warmup", config.warmup());
    byName.put("cosine", config.cosine());
    byName.put("weight-decay", config.weightDecay());
    byName.put("clip", config.clip());
    byName.put("projection", config.projection());
    byName.put("chunk", config.chunk());
    byName.put("ema", config.averaging());
  }
}
