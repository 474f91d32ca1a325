/// Files: the safetensors format, and writing that a crash cannot turn into a half-written file.
///
/// Belongs here: bytes and their rules. Does not belong here: what a checkpoint means (names of weights, configuration, progress
/// of a training). Start with [dev.anyrate.model.io.SafeTensors], then [dev.anyrate.model.io.AtomicFile].
package dev.anyrate.model.io;
