/// The fast backend, by the Vector API: the only package that knows `jdk.incubator.vector`.
///
/// Start with [dev.anyrate.engine.kernel.simd.GemmTile], the micro-kernel under matrix products, convolutions and the
/// similarities of NT-Xent; then `PackedTile` and `ColumnTile`, its quick forms for narrower vectors, `GemmBlock` around them, `SimdMatmul`, and `Correlation`, which shows how a convolution is such a
/// product. Loops over vectors follow a few rules, each learnt from a kernel that ran ten times slower without it: species are
/// constants, and there is one of them, vectors live in local variables, there is no call per vector that the compiler might not inline, and no masked load
/// or store: a row's last few elements are taken one by one, in a copy of one vector, or with some of those before them.
///
/// Sums over lanes are added in a fixed order, never by `reduceLanes`, whose order differs between interpreter and compiler: the
/// same seed gives the same bits. Families with nothing to gain are taken from the package `scalar`, each in one line of
/// [dev.anyrate.engine.kernel.simd.SimdProvider].
package dev.anyrate.engine.kernel.simd;
