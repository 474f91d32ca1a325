package dev.anyrate.engine.ops;

import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.LargeCases;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RunningCase;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every operation gives the same bits again, forward and backward: on more threads, from other memory, in a second run.
class ReproducibilityTest {
  private static final MemoryPolicy FRESH = new MemoryPolicy(false, true);

  @TestFactory
  Stream<DynamicNode> onAnyNumberOfThreadsFromAnyMemoryAndInAnyRun() {
    return BackendUnderTest.each(backend -> {
      var one = backend.open(1, MemoryPolicy.POOLED); // whose buffers are full of other cases' numbers
      var two = backend.open(2, FRESH);
      var three = backend.open(3, MemoryPolicy.POOLED);
      return Stream.concat(OpCases.all().stream(), LargeCases.all().stream())
          .<DynamicNode>map(opCase -> DynamicTest.dynamicTest(opCase.name(), () -> {
            Bits expected = bits(opCase, one.kernels());
            expected.assertEqual(opCase + " on 2 threads, from fresh memory", bits(opCase, two.kernels()));
            assertEqualInEveryRun(opCase, expected, three.kernels());
          })).onClose(one::close).onClose(two::close).onClose(three::close);
    });
  }

  private static void assertEqualInEveryRun(OpCase opCase, Bits expected, Kernels kernels) {
    try (var run = new RunningCase(opCase, kernels)) {
      expected.assertEqual(opCase + " on 3 threads", Bits.of(run));
      expected.assertEqual(opCase + " backward again", Bits.of(run));
      run.replay();
      expected.assertEqual(opCase + " replayed", Bits.of(run));
    }
  }

  private record Bits(float[] output, List<float[]> gradients) {
    static Bits of(RunningCase run) {
      return new Bits(run.output(), run.gradients());
    }

    void assertEqual(String what, Bits other) {
      Compare.assertSameBits(what + ": result", output, other.output);
      for (int i = 0; i < gradients.size(); i++) {
        Compare.assertSameBits(what + ": gradient " + i, gradients.get(i), other.gradients.get(i));
      }
    }
  }

  private static Bits bits(OpCase opCase, Kernels kernels) {
    try (var run = new RunningCase(opCase, kernels)) {
      return Bits.of(run);
    }
  }
}
