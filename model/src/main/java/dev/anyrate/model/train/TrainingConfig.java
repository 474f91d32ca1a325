package dev.anyrate.model.train;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.minirocket.MiniRocket;
import java.util.Objects;

/// Everything that decides how a model is trained, beside the data. Part of the training state, so that a resumed run is the same run; there sizes and optimisation stand
/// side by side with the other settings, not nested. What a state of an older version lacks is what that version did.
///
/// @param preset        what is built, and on which views it is trained
/// @param standardize   whose mean and deviation series are brought to 0 and 1 by
/// @param length        samples that every series is brought to; 0 to choose them from the data
/// @param views         what both views of a series may differ in
/// @param encoder       what kind of encoder, with its own settings
/// @param sizes         of the model
/// @param embeddingKind which output of the encoder is the embedding
/// @param epochs        passes over the data, in total
/// @param batch         pairs in a step; fewer if the data has fewer
/// @param chunk         pairs of a batch that pass through the encoder at once, see [CachedContrastiveLoss]; 0 for all
/// @param precision     of the activations that a step keeps for its backward pass
/// @param temperature   of NT-Xent
/// @param optimization  how the weights follow the gradients
/// @param seed          of parameters, order and views
public record TrainingConfig(Preset preset, StandardizationScope standardize, int length, ViewSettings views,
    EncoderOptions encoder, @JsonUnwrapped ModelSizes sizes, EmbeddingKind embeddingKind, int epochs, int batch, int chunk,
    Precision precision, float temperature, @JsonUnwrapped Optimization optimization, long seed) {
  private static final int LONGEST = 1 << 20;

  /// @throws IllegalArgumentException if a setting is out of bounds, or two contradict each other
  public TrainingConfig {
    Objects.requireNonNull(preset, "training: no preset");
    Objects.requireNonNull(encoder, "training: no encoder");
    precision = Objects.requireNonNullElse(precision, Precision.FLOAT32);
    standardize = Objects.requireNonNullElse(standardize, StandardizationScope.SET);
    views = Objects.requireNonNullElse(views, preset.views());
    embeddingKind = Objects.requireNonNullElse(embeddingKind, preset.embedding());
    if (encoder instanceof EncoderOptions.Cnn cnn && cnn.dilations().isEmpty()) {
      encoder = new EncoderOptions.Cnn(preset.dilations());
    }
    if (preset == Preset.REFERENCE) PlainDesign.require(standardize, length, views, encoder, embeddingKind);
    requireLength(length, sizes.kernels());
    Require.that(epochs >= 1, "epochs", epochs, "give 1 or more");
    requireBatch(batch);
    Require.that(chunk >= 0, "chunk", chunk, "give 1 pair or more, or 0 for the whole batch at once");
    Require.that(chunk <= batch, "chunk", chunk, "give at most the " + batch + " pairs of a batch, or a larger batch");
    Require.that(temperature > 0 && !Float.isInfinite(temperature), "temperature", temperature,
        "give a number above 0, such as 0.5");
    if (chunk > 0 && encoder instanceof EncoderOptions.Transformer transformer && transformer.dropout() > 0) {
      throw new IllegalArgumentException("chunk: " + chunk + " with dropout " + transformer.dropout()
          + "; a chunk passes the encoder twice and dropout would draw another mask each time: leave one of them out");
    }
  }

  /// A run that trains the CNN of its preset on the preset's views, on whole batches, all in float32.
  public TrainingConfig(Preset preset, ModelSizes sizes, int epochs, int batch, float temperature, Optimization optimization,
      long seed) {
    this(preset, StandardizationScope.SET, 0, preset.views(), new EncoderOptions.Cnn(), sizes, preset.embedding(), epochs, batch,
        0, Precision.FLOAT32, temperature, optimization, seed);
  }

  private static void requireLength(int length, int kernels) {
    Require.that(length == 0 || length >= 2 && length <= LONGEST, "length", length,
        "give 2 to " + LONGEST + " samples, or 0 to choose them from the training series");
    Require.that(length == 0 || kernels == 0 || length >= MiniRocket.SHORTEST_SERIES, "length", length,
        "give " + MiniRocket.SHORTEST_SERIES
            + " samples or more, as many as a kernel has, or leave the kernels out: --kernels 0");
  }

  static void requireBatch(int batch) {
    Require.that(batch >= 2, "batch", batch, "give 2 or more: NT-Xent needs another series to tell a series from");
  }

  /// The same run with series brought to one scale in another way.
  public TrainingConfig withStandardize(StandardizationScope other) {
    return new TrainingConfig(preset, other, length, views, encoder, sizes, embeddingKind, epochs, batch, chunk, precision,
        temperature, optimization, seed);
  }

  /// The same run with series brought to another length.
  public TrainingConfig withLength(int samples) {
    return new TrainingConfig(preset, standardize, samples, views, encoder, sizes, embeddingKind, epochs, batch, chunk, precision,
        temperature, optimization, seed);
  }

  /// The same run on other views.
  public TrainingConfig withViews(ViewSettings other) {
    return new TrainingConfig(preset, standardize, length, other, encoder, sizes, embeddingKind, epochs, batch, chunk, precision,
        temperature, optimization, seed);
  }

  /// The same run with another encoder.
  public TrainingConfig withEncoder(EncoderOptions other) {
    return new TrainingConfig(preset, standardize, length, views, other, sizes, embeddingKind, epochs, batch, chunk, precision,
        temperature, optimization, seed);
  }

  /// The same run with other sizes, and another output of the encoder as the embedding.
  public TrainingConfig withEmbedding(ModelSizes others, EmbeddingKind other) {
    return new TrainingConfig(preset, standardize, length, views, encoder, others, other, epochs, batch, chunk, precision,
        temperature, optimization, seed);
  }

  /// The same run with another total of epochs.
  public TrainingConfig withEpochs(int total) {
    return new TrainingConfig(preset, standardize, length, views, encoder, sizes, embeddingKind, total, batch, chunk, precision,
        temperature, optimization, seed);
  }

  /// The same run with batches in chunks.
  public TrainingConfig withChunk(int pairs) {
    return new TrainingConfig(preset, standardize, length, views, encoder, sizes, embeddingKind, epochs, batch, pairs, precision,
        temperature, optimization, seed);
  }

  /// The same run with activations kept in another precision.
  public TrainingConfig withPrecision(Precision other) {
    return new TrainingConfig(preset, standardize, length, views, encoder, sizes, embeddingKind, epochs, batch, chunk, other,
        temperature, optimization, seed);
  }

  /// The same run with another temperature of the loss.
  public TrainingConfig withTemperature(float other) {
    return new TrainingConfig(preset, standardize, length, views, encoder, sizes, embeddingKind, epochs, batch, chunk, precision,
        other, optimization, seed);
  }

  /// The same run with another way to the weights.
  public TrainingConfig withOptimization(Optimization other) {
    return new TrainingConfig(preset, standardize, length, views, encoder, sizes, embeddingKind, epochs, batch, chunk, precision,
        temperature, other, seed);
  }

  /// The same settings with other parameters, order and views.
  public TrainingConfig withSeed(long other) {
    return new TrainingConfig(preset, standardize, length, views, encoder, sizes, embeddingKind, epochs, batch, chunk, precision,
        temperature, optimization, other);
  }
}
