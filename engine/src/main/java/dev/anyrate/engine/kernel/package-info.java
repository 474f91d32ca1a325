/// The contract between operations and backends: every numeric loop of the engine stands behind an interface of this package.
///
/// [dev.anyrate.engine.kernel.Kernels] gathers the families, one small interface each. A backend implements all of them;
/// [dev.anyrate.engine.kernel.Backends] chooses one. Implementations live in the packages below: `scalar` is the text to read first,
/// `simd` is the fast one, `blas` replaces one family. No shapes checks here (operations make them), no gradient bookkeeping.
///
/// Conventions of all families: arguments are storages, plain `int` sizes and scalars; activations are channels-last `[B, L, C]`; every kernel
/// **overwrites** its results unless its text says "added"; results do not overlap operands unless its text allows it; sizes of 0 are allowed.
package dev.anyrate.engine.kernel;
