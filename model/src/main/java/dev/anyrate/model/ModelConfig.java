package dev.anyrate.model;

import dev.anyrate.model.encoder.EncoderConfig;

/// Everything that decides a model's structure. Part of every checkpoint.
///
/// @param encoder    sizes of the encoder
/// @param projection size of the projection that the loss sees
/// @param embedding  which output of the encoder is the embedding
public record ModelConfig(EncoderConfig encoder, int projection, EmbeddingKind embedding) {
  public ModelConfig {
    if (projection < 1) throw new IllegalArgumentException("model: projection size is " + projection + "; give 1 or more");
  }

  /// Size of an embedding.
  public int embeddingSize() {
    return switch (embedding) {
      case LINEAR -> encoder.embedding();
      case POOLED -> encoder.pooledSize();
    };
  }
}
