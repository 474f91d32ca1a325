/// Reverse-mode differentiation: a list of executed steps, run backwards.
///
/// Read in this order: [dev.anyrate.engine.autograd.Op] (what an operation is), [dev.anyrate.engine.autograd.Step] (its forward and backward),
/// [dev.anyrate.engine.autograd.Tape] (the list), [dev.anyrate.engine.autograd.BackwardPlan] (the list read backwards), [dev.anyrate.engine.autograd.Gradients] (the result),
/// [dev.anyrate.engine.autograd.Recording] (the list planned once, for many batches) and the [dev.anyrate.engine.autograd.Program] that comes of it, `Schedule` (how long its
/// numbers are needed) and `Activation` (how they are kept meanwhile). Where no gradient is wanted, [dev.anyrate.engine.autograd.Inference] stands in for the tape. The operations themselves are in package `ops`;
/// arithmetic is in package `kernel`. No global state, no recursion, no sorting of a graph.
package dev.anyrate.engine.autograd;
