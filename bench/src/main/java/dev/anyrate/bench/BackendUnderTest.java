package dev.anyrate.bench;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;

/// Opens backends for benchmarks.
public final class BackendUnderTest {
  /// Forks of every benchmark run with these flags.
  public static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";
  /// Forks of every benchmark run with these flags.
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private BackendUnderTest() {}

  /// Opens a backend on one thread.
  public static Engine open(String backend) {
    return Engine.open(EngineOptions.defaults().withBackend(backend).withThreads(1));
  }

  /// Stops a benchmark whose kernel computes something else than the reference.
  ///
  /// @param tolerance ‖result − reference‖ / ‖reference‖
  public static void requireAgreement(String kernel, float[] result, float[] reference, double tolerance) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < reference.length; i++) {
      difference += (double) (result[i] - reference[i]) * (result[i] - reference[i]);
      norm += (double) reference[i] * reference[i];
    }
    double error = Math.sqrt(difference / norm);
    if (!(error <= tolerance))
      throw new IllegalStateException(kernel + ": differs from the scalar kernel by " + error + ", allowed " + tolerance);
  }
}
