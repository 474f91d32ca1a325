package dev.anyrate.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.KernelCase;
import dev.anyrate.engine.testing.KernelCases;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RecordedKernels;
import dev.anyrate.engine.testing.RunningCase;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// A kernel without a case fails the build.
@Tag("kernels")
class KernelCoverageTest {
  @TestFactory
  Stream<DynamicNode> kernelsCalledDirectlyEqualTheirFormulas() {
    return BackendUnderTest.eachOpen(2, MemoryPolicy.POOLED, kernels -> KernelCases.all().stream().map(kernelCase -> DynamicTest
        .dynamicTest(kernelCase.name(), () -> kernelCase.check().accept(new RecordedKernels(kernels).kernels()))));
  }

  @TestFactory
  Stream<DynamicNode> everyKernelHasACaseForEachOfItsChoices() {
    assertFalse(RecordedKernels.all().isEmpty());
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest("kernels without a case", () -> {
      try (var open = backend.open(2, MemoryPolicy.POOLED)) {
        var recorded = new RecordedKernels(open.kernels());
        for (OpCase opCase : OpCases.all()) {
          try (var run = new RunningCase(opCase, recorded.kernels())) {
            run.gradients();
          }
        }
        for (KernelCase kernelCase : KernelCases.all()) kernelCase.check().accept(recorded.kernels());
        var missing = new TreeSet<>(RecordedKernels.all());
        missing.removeAll(recorded.called());
        assertEquals("[]", missing.toString(),
            "write a case for each in testing/cases, or in KernelCases if it makes no operation's result");
      }
    })));
  }
}
