package dev.anyrate.model;

import dev.anyrate.model.encoder.EncoderConfig;
import java.util.Objects;

/// Everything that decides a model's structure. Part of every checkpoint.
///
/// @param encoder    sizes of the encoder
/// @param projection size of the projection that the loss sees
/// @param embedding  which output of the encoder is the embedding
/// @param compact    numbers that a pooled embedding is brought to when training ends, see [ViewWhitening]; 0 for all that the encoder gives
public record ModelConfig(EncoderConfig encoder, int projection, EmbeddingKind embedding, int compact) {
  /// @throws IllegalArgumentException if a size is out of bounds, or two settings contradict each other
  public ModelConfig {
    Objects.requireNonNull(encoder, "model: no encoder");
    Objects.requireNonNull(embedding, "model: no kind of embedding");
    if (projection < 1) throw new IllegalArgumentException("model: projection size is " + projection + "; give 1 or more");
    if (compact < 0) throw new IllegalArgumentException("compact: " + compact + "; give 1 number or more, or 0 for all");
    if (compact > 0 && embedding == EmbeddingKind.LINEAR) {
      throw new IllegalArgumentException("compact: " + compact
          + " numbers, but the model embeds by its linear map, whose size is chosen directly; leave compact out and give that size (dim)");
    }
    if (compact > 0 && encoder.pooledSize() > ViewWhitening.MOST_NUMBERS) {
      throw new IllegalArgumentException("compact: the pooled embedding has " + encoder.pooledSize() + " numbers, at most "
          + ViewWhitening.MOST_NUMBERS + " can be made compact; give fewer channels (hidden)");
    }
    if (compact > encoder.pooledSize()) {
      throw new IllegalArgumentException("compact: " + compact + " numbers, but the pooled embedding has only "
          + encoder.pooledSize() + "; give fewer, or 0 for all");
    }
  }

  /// A model whose embedding is all that the encoder gives.
  public ModelConfig(EncoderConfig encoder, int projection, EmbeddingKind embedding) {
    this(encoder, projection, embedding, 0);
  }

  /// Size of what the encoder gives.
  public int featureSize() {
    return switch (embedding) {
      case LINEAR -> encoder.embedding();
      case POOLED -> encoder.pooledSize();
    };
  }

  /// Size of an embedding of a trained model.
  public int embeddingSize() {
    return compact == 0 ? featureSize() : compact;
  }
}
