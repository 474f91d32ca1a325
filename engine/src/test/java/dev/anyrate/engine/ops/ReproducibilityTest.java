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
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every operation gives the same bits again, forward and backward: on more threads, from other memory, in a second run.
class ReproducibilityTest {
  private static final MemoryPolicy POOLED = MemoryPolicy.POOLED;
  private static final MemoryPolicy FRESH = new MemoryPolicy(false, true);

  @TestFactory
  Stream<DynamicNode> onAnyNumberOfThreads() {
    return forEachCase((backend, opCase) -> {
      Bits one = bits(backend, opCase, 1, POOLED);
      one.assertEqual(opCase + " on 2 threads", bits(backend, opCase, 2, POOLED));
      one.assertEqual(opCase + " on 3 threads", bits(backend, opCase, 3, POOLED));
    });
  }

  @TestFactory
  Stream<DynamicNode> fromReusedAndFromFreshMemory() {
    return forEachCase((backend, opCase) -> {
      try (var open = backend.open(1, POOLED)) {
        bits(opCase, open.kernels()); // leaves its numbers behind in the pool
        bits(opCase, open.kernels()).assertEqual(opCase + " from fresh memory", bits(backend, opCase, 1, FRESH));
      }
    });
  }

  @TestFactory
  Stream<DynamicNode> whenReplayedAndRunBackwardAgain() {
    return forEachCase((backend, opCase) -> {
      try (var open = backend.open(2, POOLED); var run = new RunningCase(opCase, open.kernels())) {
        Bits first = new Bits(run.output(), run.gradients());
        first.assertEqual(opCase + " backward again", new Bits(run.output(), run.gradients()));
        run.replay();
        first.assertEqual(opCase + " replayed", new Bits(run.output(), run.gradients()));
      }
    });
  }

  private static Stream<DynamicNode> forEachCase(BiConsumer<BackendUnderTest, OpCase> check) {
    List<OpCase> cases = Stream.concat(OpCases.all().stream(), LargeCases.all().stream()).toList();
    return BackendUnderTest.each(backend -> cases.stream()
        .map(opCase -> DynamicTest.dynamicTest(opCase.name(), () -> check.accept(backend, opCase))));
  }

  private record Bits(float[] output, List<float[]> gradients) {
    void assertEqual(String what, Bits other) {
      Compare.assertSameBits(what + ": result", output, other.output);
      for (int i = 0; i < gradients.size(); i++) {
        Compare.assertSameBits(what + ": gradient " + i, gradients.get(i), other.gradients.get(i));
      }
    }
  }

  private static Bits bits(BackendUnderTest backend, OpCase opCase, int threads, MemoryPolicy memory) {
    try (var open = backend.open(threads, memory)) {
      return bits(opCase, open.kernels());
    }
  }

  private static Bits bits(OpCase opCase, Kernels kernels) {
    try (var run = new RunningCase(opCase, kernels)) {
      return new Bits(run.output(), run.gradients());
    }
  }
}
