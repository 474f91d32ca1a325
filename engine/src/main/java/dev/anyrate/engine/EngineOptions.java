package dev.anyrate.engine;

import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.memory.MemoryPolicy;

/// How an engine is opened.
///
/// @param backend name of a backend, or `auto`
/// @param threads of the kernels, 1 to 1024; results do not depend on it
/// @param memory  how buffers are reused
public record EngineOptions(String backend, int threads, MemoryPolicy memory) {
  /// System property that names the backend where the program does not.
  public static final String BACKEND_PROPERTY = "anyrate.backend";

  private static final int MAX_THREADS = 1024; // beyond any machine of today: a number above it is a slip

  public EngineOptions {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads: " + threads + "; give 1 to " + MAX_THREADS);
    }
  }

  /// The backend of `-Danyrate.backend`, else the best one here, on all processors.
  public static EngineOptions defaults() {
    return new EngineOptions(System.getProperty(BACKEND_PROPERTY, Backends.AUTOMATIC), Runtime.getRuntime().availableProcessors(),
        MemoryPolicy.POOLED);
  }

  /// The same with another backend.
  public EngineOptions withBackend(String name) {
    return new EngineOptions(name, threads, memory);
  }

  /// The same with another number of threads.
  public EngineOptions withThreads(int count) {
    return new EngineOptions(backend, count, memory);
  }

  /// The same with another memory policy.
  public EngineOptions withMemory(MemoryPolicy policy) {
    return new EngineOptions(backend, threads, policy);
  }
}
