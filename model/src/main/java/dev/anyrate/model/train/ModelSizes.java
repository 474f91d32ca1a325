package dev.anyrate.model.train;

import dev.anyrate.model.minirocket.MiniRocket;

/// Sizes that a run chooses for encoders of every kind; what only one kind has is in [dev.anyrate.model.encoder.EncoderOptions].
///
/// @param hidden     channels of the encoder
/// @param embedding  size of the linear embedding
/// @param projection size of the projection that the loss sees
/// @param compact    numbers that the pooled embedding is brought to when training ends; 0 for 1,024, or all that encoder and kernels give if they are fewer
/// @param kernels    features of fixed kernels that half of the pooled embedding is made of; 0 for none
public record ModelSizes(int hidden, int embedding, int projection, int compact, int kernels) {
  private static final int MAX_HIDDEN = 4096; // a convolution between so many channels has 84 million weights
  private static final int MAX_EMBEDDING = 65_536;
  private static final int MAX_KERNELS = 1000 * MiniRocket.FEWEST_FEATURES;

  public ModelSizes {
    Require.that(hidden >= 1 && hidden <= MAX_HIDDEN, "hidden", hidden, "give 1 to " + MAX_HIDDEN + " channels");
    Require.that(embedding >= 1 && embedding <= MAX_EMBEDDING, "dim", embedding,
        "give an embedding of 1 to " + MAX_EMBEDDING + " numbers");
    Require.that(projection >= 1, "projection", projection, "give a projection of 1 or more numbers");
    Require.that(kernels >= 0 && kernels <= MAX_KERNELS && kernels % MiniRocket.FEWEST_FEATURES == 0, "kernels", kernels,
        "give a multiple of " + MiniRocket.FEWEST_FEATURES + " up to " + MAX_KERNELS
            + ", as there are as many for each kernel, or 0 for none");
    Require.that(compact >= 0, "compact", compact, "give 1 number or more, or 0 for the whole pooled embedding");
  }

  /// Sizes of a model whose embedding is made of the encoder alone, and not brought to a size of choice.
  public ModelSizes(int hidden, int embedding, int projection) {
    this(hidden, embedding, projection, 0, 0);
  }
}
