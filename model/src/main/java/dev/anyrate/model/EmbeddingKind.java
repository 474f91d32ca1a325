package dev.anyrate.model;

/// Which output of the encoder is a model's embedding.
public enum EmbeddingKind {
  /// The linear map that the loss trains: compact.
  LINEAR,
  /// Four statistics of every level, scaled and whitened: wide, better for classifiers.
  POOLED
}
