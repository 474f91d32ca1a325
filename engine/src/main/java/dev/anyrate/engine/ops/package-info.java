/// The operations: one file each, with the shape rule, the forward and the backward pass side by side.
///
/// An operation is a record of its inputs and settings. Its compact constructor checks the shape rule, `plan` decides the
/// result's shape and takes memory, and the private record `Planned` at the end of the file is the step: the operation, its
/// result, and whatever the backward pass needs besides. Steps hold no state, so they may run again. They call kernels and never
/// loop over elements.
///
/// Belongs here: what has a gradient of its own. Does not belong here: arithmetic (package `kernel`), compositions of operations
/// (layers and losses of module `model`). Operations of users need not live here; `CONTRIBUTING.md` tells how to write one.
///
/// Start with [dev.anyrate.engine.ops.Scale], then [dev.anyrate.engine.ops.Binary] (broadcasting),
/// [dev.anyrate.engine.ops.MatMul], and [dev.anyrate.engine.ops.BatchNorm], the largest.
package dev.anyrate.engine.ops;
