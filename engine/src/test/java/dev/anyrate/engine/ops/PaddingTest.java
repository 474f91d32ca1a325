package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.engine.testing.RecordedKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// What stands behind the valid samples of a series has no influence, not even NaN, and gets neither result nor gradient.
@Tag("kernels")
class PaddingTest {
  private static final int BATCH = 5;
  private static final int LENGTH = 19;
  private static final int CHANNELS = 18; // neither a multiple of a vector's lanes nor less than most
  private static final Shape SERIES = Shape.of(BATCH, LENGTH, CHANNELS);
  private static final float[] LENGTHS = {19, 1, 7, 16, 18};

  private record Operands(Tensor x, Tensor residual, Tensor lengths, Tensor gamma, Tensor beta, Tensor mean, Tensor variance) {}

  private static final Map<String, Function<Operands, Op>> OPERATIONS = new LinkedHashMap<>();

  static {
    OPERATIONS.put("mean over time", in -> new MeanOverTime(in.x, in.lengths));
    OPERATIONS.put("max over time", in -> new MaxOverTime(in.x, in.lengths));
    OPERATIONS.put("statistics over time", in -> new StatisticsOverTime(in.x, in.lengths, 1e-5f));
    OPERATIONS.put("group norm", in -> new GroupNorm(in.x, in.lengths, in.gamma, in.beta, 3, 1e-5f));
    for (boolean training : new boolean[] {true, false}) {
      String name = "batch norm in " + (training ? "training" : "evaluation");
      OPERATIONS.put(name,
          in -> new BatchNorm(in.x, in.lengths, in.gamma, in.beta, in.mean, in.variance, null, false, 0.1f, 1e-5f,
              training));
      OPERATIONS.put(name + " with residual and ReLU",
          in -> new BatchNorm(in.x, in.lengths, in.gamma, in.beta, in.mean, in.variance,
              in.residual, true, 0.1f, 1e-5f, training));
    }
  }

  @TestFactory
  Stream<DynamicNode> paddingHasNoInfluence() {
    return BackendUnderTest.eachOpen(2, MemoryPolicy.POOLED, kernels -> OPERATIONS.entrySet().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.getKey(), () -> {
          Kernels guarded = new RecordedKernels(kernels).kernels();
          List<float[]> zeros = run(guarded, operation.getValue(), 0);
          List<float[]> poisoned = run(guarded, operation.getValue(), Float.NaN);
          for (int i = 0; i < zeros.size(); i++) Compare.assertSameBits("number " + i, zeros.get(i), poisoned.get(i));
          for (float[] values : poisoned) {
            if (values.length == SERIES.size()) assertZeroBehindTheSamples(values);
          }
        })));
  }

  /// Result, moved statistics and gradients, with `padding` behind the samples of everything that has the shape of the series.
  private static List<float[]> run(Kernels kernels, Function<Operands, Op> operation, float padding) {
    try (var tape = new Tape(kernels, true)) {
      Shape channels = Shape.of(CHANNELS);
      var in = new Operands(series(tape, 1, padding), series(tape, 2, padding), tape.constant(Shape.of(BATCH), LENGTHS),
          tape.constant(channels, Numbers.random(CHANNELS, 3)).requiringGradient(true),
          tape.constant(channels, Numbers.random(CHANNELS, 4)).requiringGradient(true),
          tape.constant(channels, Numbers.random(CHANNELS, 5)), tape.constant(channels, positive(Numbers.random(CHANNELS, 6))));
      Tensor y = tape.run(operation.apply(in));
      Tensor dY = y.shape().equals(SERIES) ? series(tape, 7, padding) : tape.constant(y.shape(), Numbers.random(y.size(), 7));
      Gradients gradients = tape.backward(y, dY);
      List<float[]> numbers = new ArrayList<>();
      for (Tensor tensor : List.of(y, in.mean, in.variance)) numbers.add(Numbers.download(kernels, tensor.storage()));
      for (Tensor tensor : List.of(in.x, in.residual, in.gamma, in.beta)) {
        if (gradients.of(tensor) != null) numbers.add(Numbers.download(kernels, gradients.of(tensor).storage()));
      }
      return numbers;
    }
  }

  private static Tensor series(Tape tape, int seed, float padding) {
    float[] values = Numbers.random(SERIES.size(), seed);
    for (int i = 0; i < values.length; i++) {
      if (isPadding(i)) values[i] = padding;
    }
    return tape.constant(SERIES, values).requiringGradient(true);
  }

  private static void assertZeroBehindTheSamples(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (isPadding(i)) assertEquals(0, values[i], "element " + i + " is padding");
    }
  }

  private static boolean isPadding(int element) {
    int time = element / CHANNELS % LENGTH;
    return time >= LENGTHS[element / (LENGTH * CHANNELS)];
  }

  private static float[] positive(float[] values) {
    for (int i = 0; i < values.length; i++) values[i] = 1.5f + values[i];
    return values;
  }
}
