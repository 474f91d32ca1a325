package dev.anyrate.engine.ops;

import dev.anyrate.engine.kernel.Backends;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.GradientCheck;
import dev.anyrate.engine.testing.LargeCases;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RecordedKernels;
import dev.anyrate.engine.testing.RunningCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Backends agree with the scalar one where work is cut into many blocks.
@Tag("kernels")
class LargeCaseTest {
  private record Outcome(float[] output, List<float[]> gradients) {
    static Outcome of(OpCase opCase, Kernels kernels) {
      try (var run = new RunningCase(opCase, kernels)) {
        return new Outcome(run.output(), run.gradients());
      }
    }
  }

  private final Map<String, Outcome> expected = new HashMap<>();

  @TestFactory
  Stream<DynamicNode> agreesWithTheScalarBackend() {
    List<OpCase> cases = LargeCases.all();
    return BackendUnderTest.each(backend -> cases.stream().map(opCase -> DynamicTest.dynamicTest(opCase.name(), () -> {
      try (var open = backend.open(2, MemoryPolicy.POOLED)) {
        Outcome scalar = expected.computeIfAbsent(opCase.name(), _ -> scalar(opCase));
        Outcome actual = Outcome.of(opCase, new RecordedKernels(open.kernels()).kernels());
        Compare.assertClose(opCase.name(), Compare.doubles(scalar.output), actual.output, opCase.tolerance());
        for (int i = 0; i < scalar.gradients.size(); i++) {
          Compare.assertClose(opCase + ": gradient " + i, Compare.doubles(scalar.gradients.get(i)), actual.gradients.get(i),
              GradientCheck.TOLERANCE);
        }
      }
    })));
  }

  private static Outcome scalar(OpCase opCase) {
    try (var open = new BackendUnderTest(Backends.choose("scalar").provider()).open(2, MemoryPolicy.POOLED)) {
      return Outcome.of(opCase, open.kernels());
    }
  }
}
