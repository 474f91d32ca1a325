/// The tensor: a shape and the storage of its numbers. No arithmetic here (package `ops`), no gradients (package `autograd`).
///
/// Start with [dev.anyrate.engine.tensor.Shape], then [dev.anyrate.engine.tensor.Tensor].
package dev.anyrate.engine.tensor;
