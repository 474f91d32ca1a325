/// The reference backend with its large matrix products made by jblas, which brings a native OpenBLAS. The only package that
/// imports jblas; where that jar or its native library is missing, this backend says so and nothing else changes.
///
/// For machines on which the Vector API cannot be used: `simd` multiplies faster and needs no native code. OpenBLAS as jblas
/// 1.2.5 has it runs on one thread and does not know processors newer than itself: on a Zen 4 it took its SSE3 kernels and
/// reached 40 GFLOP/s; with `OPENBLAS_CORETYPE=Haswell` in the environment, 92.
///
/// Start with [BlasMatmul].
package dev.anyrate.engine.kernel.blas;
