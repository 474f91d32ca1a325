package dev.anyrate.model.testing;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.memory.MemoryPolicy;

/// Engines for tests: every buffer is full of NaN when it is handed out, so whatever reads a number that nobody wrote is found.
public final class TestEngine {
  private static final EngineOptions OPTIONS = EngineOptions.defaults().withThreads(2).withMemory(new MemoryPolicy(true, true));

  private TestEngine() {}

  /// The default backend on two threads.
  public static Engine open() {
    return Engine.open(OPTIONS);
  }

  /// The default backend.
  public static Engine open(int threads) {
    return Engine.open(OPTIONS.withThreads(threads));
  }

  /// A backend by name.
  public static Engine open(String backend) {
    return Engine.open(OPTIONS.withBackend(backend));
  }
}
