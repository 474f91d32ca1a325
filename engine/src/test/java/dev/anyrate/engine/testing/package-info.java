/// What tests of numeric code are made of, shared with the modules above the engine through the test jar.
///
/// One definition of an operation at one setting, [dev.anyrate.engine.testing.OpCase], serves every check. Start there, then read
/// [dev.anyrate.engine.testing.RunningCase] (runs it), [dev.anyrate.engine.testing.Compare] and [dev.anyrate.engine.testing.GradientCheck] (judge it),
/// [dev.anyrate.engine.testing.RecordedKernels] and [dev.anyrate.engine.testing.GuardedMemory] (watch the kernels meanwhile).
/// Cases themselves live in `cases`, numbers from other libraries in `golden`. No tests here.
package dev.anyrate.engine.testing;
