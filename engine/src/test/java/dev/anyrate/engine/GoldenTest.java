package dev.anyrate.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.SafetensorsFile;
import dev.anyrate.engine.testing.golden.GoldenCase;
import dev.anyrate.engine.testing.golden.GoldenOperations;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Results and gradients of PyTorch, reproduced on every backend: the bundled cases, or those of a folder given by `-Danyrate.golden=DIR`.
@Tag("kernels")
class GoldenTest {
  private static final String FOLDER_PROPERTY = "anyrate.golden";
  /// Resampling is the business of the module `augment`, whose tests run these.
  private static final Set<String> RUN_BY_AUGMENT = Set.of("resample", "resample_poly");
  private static final MemoryPolicy POISONED = new MemoryPolicy(true, true);
  private static final AtomicInteger RUN = new AtomicInteger();

  private final List<GoldenCase> cases = GoldenCase.in(folder());

  @TestFactory
  Stream<DynamicNode> everyCaseIsReproduced() {
    assertFalse(cases.isEmpty(), "no golden cases in " + folder());
    return BackendUnderTest.eachOpen(2, POISONED, kernels -> cases.stream().filter(golden -> !runByAugment(golden))
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
          check(golden, kernels);
          RUN.incrementAndGet();
        })));
  }

  @AfterAll
  static void sayHowManyWereRun() {
    List<GoldenCase> all = GoldenCase.in(folder());
    long others = all.stream().filter(GoldenTest::runByAugment).count();
    System.out
        .println("golden cases: " + all.size() + " in " + folder().getFileName() + ", " + others + " of them run by augment; "
            + RUN.get() + " runs passed over all backends");
  }

  @Test
  void anUnknownOperationIsAFailure() {
    var golden = new GoldenCase("surprise", new SafetensorsFile(Map.of("op", "fourier"), Map.of()));
    AssertionError error = assertThrows(AssertionError.class, () -> check(golden, null));
    assertTrue(error.getMessage().contains("surprise: operation 'fourier' is not known"), error.getMessage());
  }

  private static void check(GoldenCase golden, Kernels kernels) {
    GoldenOperations.find(golden.operation()).orElseThrow(() -> new AssertionError(
        golden + ": operation '" + golden.operation() + "' is not known; add it to GoldenOperations")).check(golden, kernels);
  }

  private static boolean runByAugment(GoldenCase golden) {
    return RUN_BY_AUGMENT.contains(golden.operation());
  }

  private static Path folder() {
    String given = System.getProperty(FOLDER_PROPERTY);
    if (given != null) return Path.of(given);
    try {
      return Path.of(GoldenTest.class.getResource("/golden").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
