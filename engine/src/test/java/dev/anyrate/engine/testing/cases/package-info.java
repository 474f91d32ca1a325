/// The cases of all operations, one file per family. Start with [dev.anyrate.engine.testing.cases.SoftmaxCases], a short one.
///
/// To add a case to an operation, add its sizes to the list at the head of its family. To add an operation, write its reference,
/// in double precision, with plain loops and from the formula (never from a kernel), and build cases with
/// [dev.anyrate.engine.testing.cases.CaseBuilder]; a new family goes into [dev.anyrate.engine.testing.cases.OpCases]. Cover sizes
/// of 1 and around the lanes of vectors ([dev.anyrate.engine.testing.cases.Sizes]), one case larger than a block of the fastest
/// kernel, unequal lengths where there are lengths, and one tensor in two roles where there are two. Keep inputs away from kinks
/// and ties, where a difference quotient means nothing, and keep the reference under a millisecond or so: a gradient check runs
/// it some hundred times. A tolerance other than the builder's needs its reason beside it.
package dev.anyrate.engine.testing.cases;
