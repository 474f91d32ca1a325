/// Benchmarks of whole steps: what a user waits for. Start with [dev.anyrate.bench.step.TrainingStepBenchmark].
package dev.anyrate.bench.step;
