/// Benchmarks of what stands before the encoder: resampling and the loader. They show that training never waits for data.
package dev.anyrate.bench.data;
