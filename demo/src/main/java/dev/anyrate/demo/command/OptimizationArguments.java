package dev.anyrate.demo.command;

import dev.anyrate.model.train.Optimization;
import java.util.Map;
import picocli.CommandLine.Option;

/// How the weights follow the gradients, for every command that trains an encoder.
final class OptimizationArguments {
  @Option(names = "--lr", paramLabel = "X", description = "learning rate (default: 0.001)")
  private Float learningRate;

  @Option(names = "--warmup", paramLabel = "X", description = "share of all steps in which the learning rate rises (default: invariant 0.1, reference 0)")
  private Float warmup;

  @Option(names = "--cosine", arity = "1", paramLabel = "true|false", description = "whether the learning rate then falls to 0 by half a cosine (default: invariant true, reference false)")
  private Boolean cosine;

  @Option(names = "--weight-decay", paramLabel = "X", description = "of AdamW; norms and biases are spared (default: invariant 0.0001, reference 0)")
  private Float weightDecay;

  @Option(names = "--clip", paramLabel = "X", description = "limit of the gradient's norm; 0 for none (default: invariant 5, reference 0)")
  private Float clip;

  @Option(names = "--ema", paramLabel = "X", description = "decay of an exponential moving average of the weights, which the checkpoint then holds, such as 0.999 (default: 0, none)")
  private Float averaging;

  OptimizationArguments() {}

  /// The settings, and over them what the user said.
  Optimization over(Optimization usual) {
    return new Optimization(OptionValues.or(learningRate, usual.learningRate()), OptionValues.or(warmup, usual.warmup()),
        OptionValues.or(cosine, usual.cosine()), OptionValues.or(weightDecay, usual.weightDecay()),
        OptionValues.or(clip, usual.clip()), OptionValues.or(averaging, usual.averaging()));
  }

  /// The settings by the names of these options.
  static void settings(Optimization optimization, Map<String, Object> byName) {
    byName.put("lr", optimization.learningRate());
    byName.put("warmup", optimization.warmup());
    byName.put("cosine", optimization.cosine());
    byName.put("weight-decay", optimization.weightDecay());
    byName.put("clip", optimization.clip());
    byName.put("ema", optimization.averaging());
  }
}
