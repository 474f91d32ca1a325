/// Benchmarks of single kernels. Start with [dev.anyrate.bench.kernel.MatmulBenchmark].
package dev.anyrate.bench.kernel;
