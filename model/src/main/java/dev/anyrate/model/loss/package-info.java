/// Losses of contrastive learning, composed from operations of the engine.
///
/// Start with [dev.anyrate.model.loss.NtXentLoss].
package dev.anyrate.model.loss;
