/// Threads and scratch memory of the CPU backends: one pool per engine, work split by a fixed partition.
///
/// Nothing here knows of tensors. Start with [dev.anyrate.engine.parallel.Workers].
package dev.anyrate.engine.parallel;
