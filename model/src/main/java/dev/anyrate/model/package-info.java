/// The model's front door: [dev.anyrate.model.ContrastiveModel] trains on pairs of views and turns series into embeddings.
///
/// Beside it: what is done to the pooled features, `EmbeddingScale` and, when training has ended, `WhitenedEmbedding`; and the model's file.
/// Packages behind it: `layers` and `encoder` (the network), `minirocket` (features that nobody trains), `loss`, `optim`, `train` (the loop), `io` (files), `contract` (what a checkpoint was trained
/// for), `evaluate` (how good embeddings are), `algebra` (small matrices in double).
/// Start with [dev.anyrate.model.ContrastiveModel]; the way of a batch is in `docs/tour.md`.
package dev.anyrate.model;
