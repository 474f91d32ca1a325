package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.GradientCheck;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RecordedKernels;
import dev.anyrate.engine.testing.RunningCase;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every operation at every setting on every backend equals its double-precision reference, forward and backward. Its kernels work on guarded,
/// poisoned storages meanwhile.
@Tag("kernels")
class OpCaseTest {
  private static final List<OpCase> CASES = OpCases.all();
  private static final Map<OpCase, GradientCheck> GRADIENT_CHECKS = new IdentityHashMap<>();

  @TestFactory
  Stream<DynamicNode> equalsItsReferenceAndItsGradient() {
    assertFalse(CASES.isEmpty());
    return BackendUnderTest.eachOpen(2, MemoryPolicy.POOLED,
        kernels -> CASES.stream().map(opCase -> DynamicTest.dynamicTest(opCase.name(), () -> {
          Kernels guarded = new RecordedKernels(kernels).kernels();
          try (var run = new RunningCase(opCase, guarded)) {
            Compare.assertClose(opCase.name(), RunningCase.reference(opCase), run.output(), opCase.tolerance());
            GRADIENT_CHECKS.computeIfAbsent(opCase, GradientCheck::new).check(run.gradients());
          }
        })));
  }

  @Test
  void casesHaveNamesOfTheirOwn() {
    var counts = CASES.stream().collect(Collectors.groupingBy(OpCase::name, Collectors.counting()));
    counts.values().removeIf(count -> count == 1);
    assertEquals(0, counts.size(), "used twice: " + counts.keySet());
  }
}
