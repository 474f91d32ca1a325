/// How good embeddings are, and whether they hold when the sampling rate changes.
///
/// Everything here works on embeddings as `float[N][E]` and computes in double, on one thread, without chance that is not seeded:
/// the same embeddings give the same report. Belongs here: probes, baselines, measures of invariance, pictures' coordinates, the
/// report. Does not belong here: encoders; they come in as an [dev.anyrate.model.evaluate.Embedder].
///
/// Start with [dev.anyrate.model.evaluate.Evaluation], which puts all parts together; then
/// [dev.anyrate.model.evaluate.RateProtocol], [dev.anyrate.model.evaluate.Invariance] and
/// [dev.anyrate.model.evaluate.LinearProbe].
package dev.anyrate.model.evaluate;
