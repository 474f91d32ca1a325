/// The same work by Anyrate and by what a Java user would pick instead: libtorch, through DJL, and jblas.
///
/// [dev.anyrate.bench.peers.Peers] starts one process for each side of a [dev.anyrate.bench.peers.Workload], compares their results, lets them take turns on one core, and prints the
/// table. The sides are in `anyrate` and `libtorch`, one class for each kind of work; inputs and parameters come from [dev.anyrate.bench.Inputs] and
/// [dev.anyrate.bench.peers.SharedParameters], so that both compute the same numbers.
package dev.anyrate.bench.peers;
