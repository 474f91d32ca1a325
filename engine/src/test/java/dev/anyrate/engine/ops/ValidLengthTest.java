package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.autograd.Op;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A length beyond the batch must not make an operation read the next series.
class ValidLengthTest {
  private static final int LENGTH = 5;

  @TestFactory
  Stream<DynamicNode> aLengthBeyondTheBatchIsRefused() {
    return BackendUnderTest.each(backend -> Stream.of(6f, -1f, 2.5f, Float.NaN).filter(_ -> !backend.toString().equals("opencl"))
        .map(length -> DynamicTest.dynamicTest("length " + length, () -> check(backend, length))));
  }

  /// With fewer channels than a vector has lanes, and with more.
  private static void check(BackendUnderTest backend, float length) {
    try (BackendUnderTest.Open open = backend.open(2, MemoryPolicy.POOLED)) {
      for (int channels : new int[] {3, 48}) {
        try (Tape tape = new Tape(open.kernels(), true)) {
          operations(tape, length, channels).forEach((name, op) -> assertEquals(
              "lengths: series 1 has " + length + " valid samples, in a batch of length 5; give whole numbers from 0 to 5",
              assertThrows(IllegalArgumentException.class, () -> tape.run(op), name).getMessage(), name));
        }
      }
    }
  }

  private static Map<String, Op> operations(Tape tape, float length, int channels) {
    Tensor x = tape.constant(Shape.of(2, LENGTH, channels), new float[2 * LENGTH * channels]);
    Tensor lengths = tape.constant(Shape.of(2), LENGTH, length);
    Tensor c = tape.constant(Shape.of(channels), new float[channels]);
    Tensor weight = tape.constant(Shape.of(channels, channels, 1), new float[channels * channels]);
    var convolution = new NormalizedConv1d(new Conv1d(x, weight, null, 1, 0, 1, 1), lengths, c, c, c, c, null, true, 1e-5f);
    return Map.of("mean", new MeanOverTime(x, lengths), "maximum", new MaxOverTime(x, lengths), "statistics",
        new StatisticsOverTime(x, lengths, 1e-5f), "attention", new Attention(x, lengths, 1), "group norm",
        new GroupNorm(x, lengths, c, c, 3, 1e-5f), "batch norm in training",
        new BatchNorm(x, lengths, c, c, c, c, null, true, 0.1f, 1e-5f, true), "batch norm",
        new BatchNorm(x, lengths, c, c, c, c, null, true, 0.1f, 1e-5f, false), "convolution and batch norm", convolution,
        "convolution and batch norm in training", new BatchNormalizedConv1d(convolution, 0.1f));
  }
}
