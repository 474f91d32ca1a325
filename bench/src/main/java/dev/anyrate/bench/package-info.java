/// JMH benchmarks that mirror the engine: package `kernel` for single kernels, package `step` for whole training steps and encoding.
///
/// `java -jar bench/target/benchmarks.jar` runs all, with a pattern behind it only some. Every benchmark checks in its set-up that the backend under test agrees with the scalar one.
package dev.anyrate.bench;
