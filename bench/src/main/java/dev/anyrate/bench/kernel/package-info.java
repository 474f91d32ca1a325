/// Benchmarks of single kernels. Start with [dev.anyrate.bench.kernel.MatmulBenchmark]: the others are made like it.
package dev.anyrate.bench.kernel;
