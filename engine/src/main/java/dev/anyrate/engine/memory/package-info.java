/// Where numbers live: storages, and the memory that hands them out and takes them back.
///
/// Belongs here: [dev.anyrate.engine.memory.Storage], its heap form, pooling, and where the numbers of a planned step lie. Does not belong here: shapes (package
/// `tensor`), arithmetic (package `kernel`), what is needed how long (package `autograd`).
///
/// Read in this order: [dev.anyrate.engine.memory.Storage], [dev.anyrate.engine.memory.HeapMemory] (the pool), [dev.anyrate.engine.memory.StepMemory] (all of a step,
/// given back at once), and for plans [dev.anyrate.engine.memory.Lease] and [dev.anyrate.engine.memory.PlannedStorage].
package dev.anyrate.engine.memory;
