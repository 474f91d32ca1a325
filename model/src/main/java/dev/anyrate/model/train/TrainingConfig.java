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
/// @param chunk        pairs of a batch that pass through the encoder at once, see [CachedContrastiveLoss]; 0 for all
/// @param averaging    decay of the averaged weights that the checkpoint then holds, see [dev.anyrate.model.optim.WeightAverage]; 0 for
///                     the weights of the last step
/// @param encoder      what kind of encoder, with its own settings
public record TrainingConfig(Preset preset, int epochs, int batch, float learningRate, float warmup, boolean cosine,
    float weightDecay, float clip, float temperature, int hidden, int embedding, int projection, long seed, int chunk,
    float averaging, EncoderOptions encoder) {
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
    require(chunk >= 0, "chunk", chunk, "give 1 pair or more, or 0 for the whole batch at once");
    require(chunk <= batch, "chunk", chunk, "give at most the " + batch + " pairs of a batch, or a larger batch");
    require(averaging >= 0 && averaging < 1, "averaging of weights", averaging,
        "give a decay from 0 (none) up to, not including, 1, such as 0.999");
    if (chunk > 0 && encoder instanceof EncoderOptions.Transformer transformer && transformer.dropout() > 0) {
      throw new IllegalArgumentException("chunk: " + chunk + " with dropout " + transformer.dropout()
          + "; a chunk passes the encoder twice and dropout would draw another mask each time: leave one of them out");
    }
  }

  /// A run that trains the CNN on whole batches and keeps the weights of the last step.
  public TrainingConfig(Preset preset, int epochs, int batch, float learningRate, float warmup, boolean cosine, float weightDecay,
      float clip, float temperature, int hidden, int embedding, int projection, long seed) {
    this(preset, epochs, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden, embedding, projection, seed,
        0, 0, new EncoderOptions.Cnn());
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
        embedding, projection, seed, chunk, averaging, encoder);
  }

  /// The same run with batches in chunks.
  public TrainingConfig withChunk(int pairs) {
    return new TrainingConfig(preset, epochs, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden,
        embedding, projection, seed, pairs, averaging, encoder);
  }

  /// The same run with averaged weights.
  public TrainingConfig withAveraging(float decay) {
    return new TrainingConfig(preset, epochs, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden,
        embedding, projection, seed, chunk, decay, encoder);
  }

  /// The same run with another encoder.
  public TrainingConfig withEncoder(EncoderOptions other) {
    return new TrainingConfig(preset, epochs, batch, learningRate, warmup, cosine, weightDecay, clip, temperature, hidden,
        embedding, projection, seed, chunk, averaging, other);
  }
}
