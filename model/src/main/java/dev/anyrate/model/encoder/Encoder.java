package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.tensor.Tensor;

/// Turns a batch of series into embeddings. What lies behind a series' valid length never influences its embedding.
///
/// An encoder has two outputs. The **linear** one is a linear map of the features' mean over time; the contrastive loss trains it. The **pooled** one gathers
/// four statistics of every level's features; it is wider, is not trained directly, and keeps more of what a classifier needs.
public interface Encoder {
  /// What this encoder was built from.
  EncoderConfig config();

  /// The linear embedding.
  ///
  /// @param series  `[B, L, C]`, zero behind the valid samples
  /// @param lengths `[B]`, valid samples of each series, at least 1
  /// @return `[B, config().embedding()]`
  Tensor linear(Execution execution, Tensor series, Tensor lengths);

  /// The pooled embedding: mean, maximum, deviation and share of positive values over time, of each level's features.
  ///
  /// @return `[B, config().pooledSize()]`
  Tensor pooled(Execution execution, Tensor series, Tensor lengths);
}
