package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What the NT-Xent loss must do whatever its formula looks like.
class NtXentPropertyTest {
  private static final int PAIRS = 24;
  private static final int WIDTH = 256; // random directions are nearly orthogonal in so many dimensions

  @TestFactory
  Stream<DynamicNode> isZeroForIdenticalViewsOfDistinctSamplesAtLowTemperature() {
    return onEachBackend(kernels -> {
      float[] z = normal(1);
      assertEquals(0, loss(kernels, z, z, 0.01f), 1e-6);
    });
  }

  @TestFactory
  Stream<DynamicNode> isTheLogarithmOfTheCountOfOthersForRandomEmbeddings() {
    return onEachBackend(kernels -> assertEquals(Math.log(2 * PAIRS - 1), loss(kernels, normal(1), normal(2), 1), 0.02));
  }

  @TestFactory
  Stream<DynamicNode> doesNotChangeWhenViewsAreSwapped() {
    return onEachBackend(kernels -> {
      float[] first = normal(1);
      float[] second = normal(2);
      assertEquals(loss(kernels, first, second, 0.2f), loss(kernels, second, first, 0.2f), 1e-6);
    });
  }

  @TestFactory
  Stream<DynamicNode> growsWithTheTemperatureWherePairsAgree() {
    return onEachBackend(kernels -> {
      float[] z = normal(1);
      assertTrue(loss(kernels, z, z, 0.1f) < loss(kernels, z, z, 0.5f)); // the temperature applies to the positive too
      assertTrue(loss(kernels, z, z, 0.5f) < loss(kernels, z, z, 2));
    });
  }

  @TestFactory
  Stream<DynamicNode> staysFiniteWhereAllEmbeddingsAreAlike() {
    return onEachBackend(kernels -> {
      float[] z = new float[PAIRS * WIDTH];
      Arrays.fill(z, 1);
      assertEquals(Math.log(2 * PAIRS - 1), loss(kernels, z, z, 0.01f), 1e-4);
    });
  }

  /// Products of such rows are beyond the floats, above and below.
  @TestFactory
  Stream<DynamicNode> doesNotChangeWithTheLengthOfEmbeddings() {
    return onEachBackend(kernels -> {
      float[] z = normal(3);
      List<float[]> expected = lossAndGradient(kernels, z, 1);
      for (float length : new float[] {1e20f, 1e-20f}) {
        List<float[]> actual = lossAndGradient(kernels, z, length);
        assertEquals(expected.getFirst()[0], actual.getFirst()[0], 1e-5, "length " + length);
        for (int i = 0; i < z.length; i++) {
          assertEquals(expected.getLast()[i], actual.getLast()[i] * length, 1e-7, "gradient " + i + " at length " + length);
        }
      }
    });
  }

  private static List<float[]> lossAndGradient(Kernels kernels, float[] z, float length) {
    float[] x = new float[z.length];
    for (int i = 0; i < z.length; i++) x[i] = z[i] * length;
    try (var tape = new Tape(kernels, true)) {
      Tensor views = tape.constant(Shape.of(PAIRS, WIDTH), x).requiringGradient(true);
      Tensor loss = tape.run(new NtXent(views, 0.2f, 1e-30f));
      Tensor gradient = tape.backward(loss).of(views);
      return List.of(Numbers.download(kernels, loss.storage()), Numbers.download(kernels, gradient.storage()));
    }
  }

  private static Stream<DynamicNode> onEachBackend(Consumer<Kernels> property) {
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest("holds", () -> {
      try (var open = backend.open(2, MemoryPolicy.POOLED)) {
        property.accept(open.kernels());
      }
    })));
  }

  private static float loss(Kernels kernels, float[] first, float[] second, float temperature) {
    try (var inference = new Inference(kernels)) {
      Shape shape = Shape.of(PAIRS, WIDTH);
      Tensor views = inference.run(new Concat(List.of(inference.constant(shape, first), inference.constant(shape, second)), 0));
      Tensor loss = inference.run(new NtXent(views, temperature, 1e-12f));
      return Numbers.download(kernels, loss.storage())[0];
    }
  }

  private static float[] normal(long seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[PAIRS * WIDTH];
    for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
    return values;
  }
}
