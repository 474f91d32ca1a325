package dev.anyrate.model;

/// Which output of the encoder is a model's embedding.
public enum EmbeddingKind {
  /// The linear map that the loss trains: compact.
  LINEAR,
  /// Four statistics of every level, scaled, whitened, and beside them features of fixed kernels if the model has any: wide, better for classifiers.
  POOLED
}
