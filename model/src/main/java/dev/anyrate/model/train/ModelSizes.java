package dev.anyrate.model.train;

/// Sizes that a run chooses for encoders of every kind; what only one kind has is in [dev.anyrate.model.encoder.EncoderOptions].
///
/// @param hidden     channels of the encoder
/// @param embedding  size of the linear embedding
/// @param projection size of the projection that the loss sees
/// @param compact    numbers that the pooled embedding is brought to when training ends; 0 for all of them
public record ModelSizes(int hidden, int embedding, int projection, int compact) {
  private static final int MAX_HIDDEN = 4096; // a convolution between so many channels has 84 million weights
  private static final int MAX_EMBEDDING = 65_536;

  public ModelSizes {
    Require.that(hidden >= 1 && hidden <= MAX_HIDDEN, "hidden", hidden, "give 1 to " + MAX_HIDDEN + " channels");
    Require.that(embedding >= 1 && embedding <= MAX_EMBEDDING, "dim", embedding,
        "give an embedding of 1 to " + MAX_EMBEDDING + " numbers");
    Require.that(projection >= 1, "projection", projection, "give a projection of 1 or more numbers");
    Require.that(compact >= 0, "compact", compact, "give 1 number or more, or 0 for the whole pooled embedding");
  }

  /// Sizes of a model with its whole embedding.
  public ModelSizes(int hidden, int embedding, int projection) {
    this(hidden, embedding, projection, 0);
  }
}
