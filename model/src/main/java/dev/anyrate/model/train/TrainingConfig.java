package dev.anyrate.model.train;

import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.optim.WarmupCosine;

/// Everything that decides how a model is trained, beside the data. Part of the training state, so that a resumed run is the same run.
///
/// @param preset       what is built, and on which views it is trained
/// @param epochs       passes over the data, in total
/// @param batch        pairs in a step; fewer if the data has fewer
/// @param learningRate peak of the learning rate
/// @param warmup       share of all steps in which the learning rate rises; 0 for none
/// @param cosine       whether the learning rate falls to 0 by half a cosine after that, else it stays
/// @param weightDecay  of AdamW; 0 for plain Adam
/// @param clip         limit of the gradient's norm; 0 for none
/// @param temperature  of NT-Xent
/// @param hidden       channels of the encoder
/// @param embedding    size of the linear embedding
/// @param projection   size of the projection that the loss sees
/// @param seed         of parameters, order and views
/// @param encoder      what kind of encoder, with its own settings
public record TrainingConfig(Preset preset, int epochs, int batch, float learningRate, float warmup, boolean cosine,
    float weightDecay,
    float clip, float temperature, int hidden, int embedding, int projection, long seed, EncoderOptions encoder) {
  private static final int MAX_HIDDEN = 4096; // a convolution between so many channels has 84 million weights
  private static final int MAX_EMBEDDING = 65_536;

  public TrainingConfig {
    require(epochs >= 1, "epochs", epochs, "give 1 or more");
    requireBatch(batch);
    require(learningRate > 0 && learningRate <= 10, "learning rate", learningRate,
        "give a number above 0 and up to 10, such as 0.001");
    require(warmup >= 0 && warmup < 1, "warm-up", warmup, "give a share from 0 up to, not including, 1");
    require(weightDecay >= 0 && weightDecay <= 10, "weight decay", weightDecay, "give a number from 0 to 10");
    require(clip >= 0 && !Float.isInfinite(clip), "gradient clipping", clip, "give a limit above 0, or 0 for none");
    require(temperature > 0 && !Float.isInfinite(temperature), "temperature", temperature, "give a number above 0, such as 0.5");
    require(hidden >= 1 && hidden <= MAX_HIDDEN, "hidden", hidden, "give 1 to " + MAX_HIDDEN + " channels");
    require(embedding >= 1 && embedding <= MAX_EMBEDDING, "dim", embedding,
        "give an embedding of 1 to " + MAX_EMBEDDING + " numbers");
    require(projection >= 1, "projection", projection, "give a projection of 1 or more numbers");
  }

  /// A run that trains the CNN.
  public TrainingConfig(Preset preset, int epochs, int batch, float learningRate, float warmup, boolean cosine, float weightDecay,
      float clip,
      float temperature, int hidden, int embedding, int projection, long seed) {
    this(preset, epochs, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden, embedding, projection, seed,
        new EncoderOptions.Cnn());
  }

  static void requireBatch(int batch) {
    require(batch >= 2, "batch", batch, "give 2 or more: NT-Xent needs another series to tell a series from");
  }

  private static void require(boolean holds, String name, Number value, String remedy) {
    if (!holds) throw new IllegalArgumentException(name + ": " + value + "; " + remedy);
  }

  /// The learning rate of a step.
  ///
  /// @param step       from 0
  /// @param totalSteps of the whole run
  public float learningRateAt(int step, int totalSteps) {
    int warmupSteps = Math.round(warmup * totalSteps);
    if (cosine) return new WarmupCosine(learningRate, warmupSteps, totalSteps).at(step);
    return step < warmupSteps ? learningRate * (step + 1) / warmupSteps : learningRate;
  }

  /// The same run with another total of epochs.
  public TrainingConfig withEpochs(int total) {
    return new TrainingConfig(preset, total, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden,
        embedding, projection, seed, encoder);
  }

  /// The same run with another encoder.
  public TrainingConfig withEncoder(EncoderOptions other) {
    return new TrainingConfig(preset, epochs, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden,
        embedding, projection, seed, other);
  }
}
