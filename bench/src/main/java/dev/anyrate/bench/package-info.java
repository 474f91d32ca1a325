/// JMH benchmarks that mirror the engine: package `peak` for what the core can do, `kernel` for single kernels, `data` for resampling and the loader, `step` for whole
/// training steps and encoding; `report` runs them and makes the table, `guard` compares it with floors.
///
/// A benchmark is one small class: see [dev.anyrate.bench.kernel.MatmulBenchmark] first. `java -jar bench/target/benchmarks.jar` runs all, with a pattern behind it only
/// some; [dev.anyrate.bench.Benchmarks] lists the options.
package dev.anyrate.bench;
