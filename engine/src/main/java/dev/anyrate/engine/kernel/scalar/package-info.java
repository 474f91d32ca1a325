/// The reference backend: every kernel as its formula reads, in plain loops. Read this one to learn what a kernel does, and
/// `simd` to learn how it is made fast.
///
/// Two rules hold in all of it:
///
/// - A kernel computes in double and rounds once, when it stores a result ([Floats]). A float sum of n terms may be off by n·6e-8
///   of their size; a double sum of float products is more exact than the float that it is rounded to, so the other backends can
///   be judged against it.
/// - One number of the result (or one row of it) is computed by one thread from beginning to end. Threads share out numbers,
///   never a sum, so the result is bit-identical for any number of threads.
///
/// Start with [ScalarMatmul], then [ScalarSoftmax] and [ScalarConvolution]; [ScalarProvider] puts the families together.
/// Nothing here is tuned: speed belongs into `simd`.
package dev.anyrate.engine.kernel.scalar;
