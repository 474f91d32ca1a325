package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A length beyond the batch must not make an operation read the next series.
class ValidLengthTest {
  private static final int LENGTH = 5;

  private static final List<String> POOLING = List.of("mean", "maximum", "statistics");

  @TestFactory
  Stream<DynamicNode> aLengthBeyondTheBatchIsRefused() {
    return BackendUnderTest.each(backend -> Stream.of(6f, -1f, 2.5f, Float.NaN).filter(_ -> !isDevice(backend))
        .map(length -> DynamicTest.dynamicTest("length " + length, () -> checkRefused(backend, length, _ -> true))));
  }

  /// There are statistics only of what is there.
  @TestFactory
  Stream<DynamicNode> poolingRefusesASeriesWithoutSamples() {
    return BackendUnderTest.each(backend -> isDevice(backend)
        ? Stream.empty()
        : Stream.of(DynamicTest.dynamicTest("length 0", () -> checkRefused(backend, 0, POOLING::contains))));
  }

  private static boolean isDevice(BackendUnderTest backend) {
    return backend.toString().equals("opencl");
  }

  /// With fewer channels than a vector has lanes, and with more.
  private static void checkRefused(BackendUnderTest backend, float length, Predicate<String> which) {
    try (BackendUnderTest.Open open = backend.open(2, MemoryPolicy.POOLED)) {
      for (int channels : new int[] {3, 48}) {
        try (Tape tape = new Tape(open.kernels(), true)) {
          operations(tape, length, channels).forEach((name, op) -> {
            if (!which.test(name)) return;
            assertEquals("lengths: series 1 has " + length + " valid samples, in a batch of length 5; give whole numbers from "
                + (POOLING.contains(name) ? 1 : 0) + " to 5",
                assertThrows(IllegalArgumentException.class, () -> tape.run(op), name).getMessage(), name);
          });
        }
      }
    }
  }

  /// Where rows stand in time is asked of samples that were there before a convolution: there may be more of them than rows, but not none.
  @TestFactory
  Stream<DynamicNode> positionsRefuseASeriesWithoutSamples() {
    return BackendUnderTest.each(backend -> isDevice(backend)
        ? Stream.empty()
        : Stream.of(0f, -1f, 2.5f, Float.NaN)
            .map(length -> DynamicTest.dynamicTest("length " + length, () -> checkPositions(backend, length))));
  }

  private static void checkPositions(BackendUnderTest backend, float length) {
    try (BackendUnderTest.Open open = backend.open(2, MemoryPolicy.POOLED); Tape tape = new Tape(open.kernels(), true)) {
      Tensor lengths = tape.constant(Shape.of(2), 7, length);
      for (Op op : List.of(new RelativePosition(random(tape, 2, LENGTH, 48), lengths, 2), new WindowCounts(lengths, 2, 2, 0))) {
        assertEquals("lengths: series 1 has " + length + " valid samples; give whole numbers from 1 on",
            assertThrows(IllegalArgumentException.class, () -> tape.run(op)).getMessage());
      }
    }
  }

  /// A device can refuse nothing. There a length counts as the nearest one that keeps the rule, and nothing outside of the operands is touched.
  @TestFactory
  Stream<DynamicNode> aDeviceTakesTheNearestLength() {
    var nearest = new LinkedHashMap<Float, Integer>();
    nearest.put(6f, LENGTH);
    nearest.put(1e9f, LENGTH);
    nearest.put(Float.POSITIVE_INFINITY, LENGTH);
    nearest.put(2.5f, 2);
    nearest.put(-1f, 0);
    nearest.put(-1e10f, 0);
    nearest.put(Float.NaN, 0);
    return BackendUnderTest.each(backend -> nearest.keySet().stream().filter(_ -> isDevice(backend))
        .map(length -> DynamicTest.dynamicTest("length " + length, () -> checkNearest(backend, length, nearest.get(length)))));
  }

  private static void checkNearest(BackendUnderTest backend, float length, int nearest) {
    try (BackendUnderTest.Open open = backend.open(2, MemoryPolicy.POOLED)) {
      Kernels guarded = new RecordedKernels(open.kernels()).kernels();
      for (int channels : new int[] {3, 48}) {
        Map<String, List<float[]>> expected = results(guarded, nearest, channels);
        results(guarded, length, channels).forEach((name, numbers) -> {
          for (int i = 0; i < numbers.size(); i++) {
            Compare.assertSameBits(name + ", result " + i, expected.get(name).get(i), numbers.get(i));
          }
        });
      }
    }
  }

  /// Result of each operation, and its gradients.
  private static Map<String, List<float[]>> results(Kernels kernels, float length, int channels) {
    try (Tape tape = new Tape(kernels, true)) {
      var results = new LinkedHashMap<String, List<float[]>>();
      operations(tape, length, channels).forEach((name, op) -> {
        Tensor y = tape.run(op);
        Gradients gradients = tape.backward(y, tape.constant(y.shape(), Numbers.random(y.size(), 7)));
        var numbers = new ArrayList<float[]>();
        numbers.add(Numbers.download(kernels, y.storage()));
        op.inputs().stream().filter(Tensor::requiresGradient)
            .forEach(input -> numbers.add(Numbers.download(kernels, gradients.of(input).storage())));
        results.put(name, numbers);
      });
      return results;
    }
  }

  private static Map<String, Op> operations(Tape tape, float length, int channels) {
    Tensor x = random(tape, 2, LENGTH, channels);
    Tensor lengths = tape.constant(Shape.of(2), LENGTH, length);
    Tensor gamma = random(tape, channels);
    Tensor beta = random(tape, channels);
    return Map.of("mean", new MeanOverTime(x, lengths), "maximum", new MaxOverTime(x, lengths), "statistics",
        new StatisticsOverTime(x, lengths, 1e-5f), "attention",
        new Attention(random(tape, 2, LENGTH, 3 * channels), lengths, 1), "group norm",
        new GroupNorm(x, lengths, gamma, beta, 3, 1e-5f), "batch norm in training",
        batchNorm(tape, x, lengths, gamma, beta, true), "batch norm", batchNorm(tape, x, lengths, gamma, beta, false),
        "convolution and batch norm", convolution(tape, x, lengths, gamma, beta), "convolution and batch norm in training",
        new BatchNormalizedConv1d(convolution(tape, x, lengths, gamma, beta), 0.1f));
  }

  private static Op batchNorm(Tape tape, Tensor x, Tensor lengths, Tensor gamma, Tensor beta, boolean training) {
    return new BatchNorm(x, lengths, gamma, beta, ones(tape, gamma), ones(tape, gamma), null, true, 0.1f, 1e-5f, training);
  }

  private static NormalizedConv1d convolution(Tape tape, Tensor x, Tensor lengths, Tensor gamma, Tensor beta) {
    int channels = gamma.size();
    var plain = new Conv1d(x, random(tape, channels, channels, 1), null, 1, 0, 1, 1);
    return new NormalizedConv1d(plain, lengths, gamma, beta, ones(tape, gamma), ones(tape, gamma), null, true, 1e-5f);
  }

  /// Running statistics of an operation, which training moves.
  private static Tensor ones(Tape tape, Tensor like) {
    float[] ones = new float[like.size()];
    Arrays.fill(ones, 1);
    return tape.constant(like.shape(), ones);
  }

  private static Tensor random(Tape tape, int... dims) {
    Shape shape = Shape.of(dims);
    return tape.constant(shape, Numbers.random(shape.size(), shape.size())).requiringGradient(true);
  }
}
