/// What all CPU backends share: how their families are put together, and the families that are plain copies.
///
/// No arithmetic here. Start with [dev.anyrate.engine.kernel.heap.HeapKernels].
package dev.anyrate.engine.kernel.heap;
