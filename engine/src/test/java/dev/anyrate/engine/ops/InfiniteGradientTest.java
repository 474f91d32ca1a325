package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A gradient that became infinite, of either sign, shows behind a normalisation as it does on the scalar backend: nobody would look for a fault where it became 0.
class InfiniteGradientTest {
  private static final int CHANNELS = 18; // more than a vector has lanes, and some left over
  private static final Shape SERIES = Shape.of(2, 5, CHANNELS);
  private static final float CLOSE = 1e-4f;

  private record Operands(Tensor x, Tensor residual, Tensor lengths, Tensor gamma, Tensor beta, Tensor mean, Tensor variance) {
    Op batchNorm(boolean training, boolean withResidual) {
      return new BatchNorm(x, lengths, gamma, beta, mean, variance, withResidual ? residual : null, false, 0.1f, 1e-5f, training);
    }
  }

  private static final Map<String, Function<Operands, Op>> OPERATIONS = new LinkedHashMap<>();

  static {
    OPERATIONS.put("group norm", in -> new GroupNorm(in.x, in.lengths, in.gamma, in.beta, 3, 1e-5f));
    OPERATIONS.put("batch norm", in -> in.batchNorm(false, false));
    OPERATIONS.put("batch norm with residual", in -> in.batchNorm(false, true));
    OPERATIONS.put("batch norm in training", in -> in.batchNorm(true, false));
    OPERATIONS.put("batch norm in training with residual", in -> in.batchNorm(true, true));
  }

  @TestFactory
  Stream<DynamicNode> isWhatTheScalarBackendMakesOfIt() {
    return BackendUnderTest.each(backend -> OPERATIONS.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
      try (var scalar = BackendUnderTest.require("scalar").open(1, MemoryPolicy.POOLED);
          var open = backend.open(2, MemoryPolicy.POOLED)) {
        for (float infinite : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
          List<float[]> expected = gradients(scalar.kernels(), OPERATIONS.get(name), infinite);
          List<float[]> actual = gradients(open.kernels(), OPERATIONS.get(name), infinite);
          for (int i = 0; i < expected.size(); i++) compare("gradient " + i, expected.get(i), actual.get(i));
        }
      }
    })));
  }

  private static void compare(String what, float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.isFinite(expected[i]))
        assertEquals(expected[i], actual[i], CLOSE * (1 + Math.abs(expected[i])), what + " at " + i);
      else
        assertEquals(expected[i], actual[i], what + " at " + i);
    }
  }

  /// Of the inputs, where two elements of the result's gradient are infinite: one of a whole vector, one of the channels left over.
  private static List<float[]> gradients(Kernels kernels, Function<Operands, Op> operation, float infinite) {
    try (var tape = new Tape(kernels, true)) {
      var in = new Operands(random(tape, SERIES, 1), random(tape, SERIES, 2), tape.constant(Shape.of(2), 5, 4),
          random(tape, Shape.of(CHANNELS), 3), random(tape, Shape.of(CHANNELS), 4),
          tape.constant(Shape.of(CHANNELS), new float[CHANNELS]), tape.constant(Shape.of(CHANNELS), variances()));
      Op op = operation.apply(in);
      float[] dY = Numbers.random(SERIES.size(), 5);
      dY[3 * CHANNELS + 2] = infinite;
      dY[4 * CHANNELS - 1] = infinite;
      Gradients gradients = tape.backward(tape.run(op), tape.constant(SERIES, dY));
      List<float[]> numbers = new ArrayList<>();
      for (Tensor input : op.inputs()) numbers.add(Numbers.download(kernels, gradients.of(input).storage()));
      assertTrue(containsInfinite(numbers), "the infinity is in one of the gradients");
      return numbers;
    }
  }

  private static boolean containsInfinite(List<float[]> numbers) {
    for (float[] values : numbers) {
      for (float value : values) {
        if (!Float.isFinite(value)) return true;
      }
    }
    return false;
  }

  private static Tensor random(Tape tape, Shape shape, int seed) {
    return tape.constant(shape, Numbers.random(shape.size(), seed)).requiringGradient(true);
  }

  private static float[] variances() {
    float[] variances = Numbers.random(CHANNELS, 6);
    for (int i = 0; i < CHANNELS; i++) variances[i] += 1.5f;
    return variances;
  }
}
