/// Where numbers live: storages, and the memory that hands them out and takes them back.
///
/// Belongs here: [dev.anyrate.engine.memory.Storage], its heap form, pooling. Does not belong here: shapes (package `tensor`),
/// arithmetic (package `kernel`). Start with [dev.anyrate.engine.memory.Storage].
package dev.anyrate.engine.memory;
