package dev.anyrate.bench.peers;

import dev.anyrate.bench.Flags;
import dev.anyrate.bench.peers.anyrate.AnyrateCalls;
import dev.anyrate.bench.peers.libtorch.LibtorchCalls;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.BackendUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Who computes, and in what surroundings. All on one thread.
public enum Side {
  ANYRATE("anyrate", List.of(Flags.VECTORS, Flags.HUGE_PAGES, "-Xms2g", "-Xmx2g"), Map.of()),
  LIBTORCH("libtorch", List.of(), Map.of("OMP_NUM_THREADS", "1")),
  /// The best case of libtorch: freed memory is kept, not handed back to the system and cleared again.
  LIBTORCH_JEMALLOC("libtorch, jemalloc", List.of(), Map.of("OMP_NUM_THREADS", "1", "LD_PRELOAD", Side.JEMALLOC, "MALLOC_CONF",
      "dirty_decay_ms:-1,muzzy_decay_ms:-1")),
  JBLAS("jblas", List.of("-Xms2g", "-Xmx2g"), Map.of());

  private static final String JEMALLOC = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2";

  private final String title;
  private final List<String> flags;
  private final Map<String, String> environment;

  Side(String title, List<String> flags, Map<String, String> environment) {
    this.title = title;
    this.flags = flags;
    this.environment = environment;
  }

  /// As it stands in the table.
  public String title() {
    return title;
  }

  /// Flags of its JVM.
  public List<String> flags() {
    return flags;
  }

  /// Variables that its process gets.
  public Map<String, String> environment() {
    return environment;
  }

  /// Whether this machine has what this side needs, and it knows the workload.
  public boolean takes(Workload workload) {
    return switch (this) {
      case ANYRATE, LIBTORCH -> true;
      case LIBTORCH_JEMALLOC -> Files.exists(Path.of(JEMALLOC));
      case JBLAS -> workload.name().startsWith("MATMUL") && blasWorks();
    };
  }

  private static boolean blasWorks() {
    try (Engine _ = Engine.open(EngineOptions.defaults().withBackend("blas"))) {
      return true;
    } catch (BackendUnavailable _) {
      return false;
    }
  }

  /// The calls that it makes; asked in its own process.
  Calls calls() {
    return switch (this) {
      case ANYRATE -> new AnyrateCalls("simd");
      case LIBTORCH, LIBTORCH_JEMALLOC -> new LibtorchCalls();
      case JBLAS -> new AnyrateCalls("blas");
    };
  }
}
