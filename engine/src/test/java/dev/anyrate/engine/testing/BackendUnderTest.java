package dev.anyrate.engine.testing;

import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.KernelProvider;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.parallel.Workers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// A backend that tests run on.
public record BackendUnderTest(KernelProvider provider) {
  /// System property that narrows the simd backend to a vector width, in bits.
  private static final String WIDTH_PROPERTY = "anyrate.simd.bits";

  /// Backends that a build server has: if one is missing there, something is broken.
  private static final Set<String> ON_A_BUILD_SERVER = Set.of("simd", "opencl");

  /// An open backend for each provider that was used, for the life of the tests: a device keeps its programs as long as an engine is open, and loading them for
  /// each of some thousand cases would take longer than the cases.
  private static final Map<String, Kernels> KEPT_OPEN = new ConcurrentHashMap<>();

  /// Kernels with their threads.
  ///
  /// @param kernels of the backend
  /// @param workers that they run on
  public record Open(Kernels kernels, Workers workers) implements AutoCloseable {
    @Override
    public void close() {
      kernels.close();
      workers.close();
    }
  }

  /// Every backend there is; where a vector width is given, only the one that has vectors; where a backend is given by `-Danyrate.backend`, only that.
  public static List<BackendUnderTest> all() {
    String given = System.getProperty(EngineOptions.BACKEND_PROPERTY);
    return Backends.found().stream().filter(provider -> !widthIsGiven() || provider.name().equals("simd"))
        .filter(provider -> given == null || provider.name().equals(given))
        .map(BackendUnderTest::new)
        .toList();
  }

  /// Tests for each backend. One that cannot be used here gives a single skipped test that bears the reason.
  public static Stream<DynamicNode> each(Function<BackendUnderTest, Stream<DynamicNode>> tests) {
    Assertions.assertFalse(all().isEmpty(), "no backend to test");
    return all().stream().map(backend -> switch (backend.provider.availability()) {
      case KernelProvider.Available(String detail) ->
        DynamicContainer.dynamicContainer(backend + " (" + detail + ")", tests.apply(backend));
      case KernelProvider.Unavailable(String reason, String remedy) ->
        DynamicTest.dynamicTest(backend + " skipped", () -> backend.skip(reason + "; " + remedy));
    });
  }

  /// Tests for each backend that share one open backend, so that each begins with the memory that others have left behind: opening one for each case, with its threads,
  /// takes ten times as long as most cases do.
  public static Stream<DynamicNode> eachOpen(int threads, MemoryPolicy memory, Function<Kernels, Stream<DynamicNode>> tests) {
    return each(backend -> {
      Open open = backend.open(threads, memory);
      return tests.apply(open.kernels()).onClose(open::close);
    });
  }

  /// A backend by name. Where it cannot be used, the test that asks is skipped with the reason.
  public static BackendUnderTest require(String name) {
    BackendUnderTest backend = Backends.found().stream().filter(provider -> provider.name().equals(name))
        .map(BackendUnderTest::new)
        .findFirst().orElseThrow();
    if (backend.provider.availability() instanceof KernelProvider.Unavailable(String reason, String remedy)) {
      backend.skip(reason + "; " + remedy);
    }
    return backend;
  }

  /// Opens the backend.
  public Open open(int threads, MemoryPolicy memory) {
    KEPT_OPEN.computeIfAbsent(provider.name(), _ -> provider.open(new Workers(1), MemoryPolicy.POOLED));
    var workers = new Workers(threads);
    return new Open(provider.open(workers, memory), workers);
  }

  @Override
  public String toString() {
    return provider.name();
  }

  /// A width of vectors that the machine lacks is no fault.
  private void skip(String reason) {
    if ("true".equals(System.getenv("CI")) && ON_A_BUILD_SERVER.contains(provider.name()) && !widthIsGiven()) {
      Assertions.fail("backend " + this + " must not be skipped on a build server: " + reason);
    }
    Assumptions.abort("backend " + this + " skipped: " + reason);
  }

  private static boolean widthIsGiven() {
    return System.getProperty(WIDTH_PROPERTY) != null;
  }
}
