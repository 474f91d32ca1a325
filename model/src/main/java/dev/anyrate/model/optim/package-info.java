/// Optimisers and what surrounds a step: schedule, clipping, average of the weights. Parameters and optimiser state stay on the backend; the arithmetic is in its kernels.
///
/// Start with [dev.anyrate.model.optim.Optimizer].
package dev.anyrate.model.optim;
