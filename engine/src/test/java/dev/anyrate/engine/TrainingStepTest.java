package dev.anyrate.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.engine.testing.ReferenceCnn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A whole step of the reference CNN, large enough that kernels split their work: the same bits whatever runs it, and no new memory once warm.
class TrainingStepTest {
  private static final int PAIRS = 16;
  private static final int LENGTH = 96;
  private static final int HIDDEN = 24;
  private static final int EMBEDDING = 12;

  @TestFactory
  Stream<DynamicNode> givesTheSameBitsForAnyNumberOfThreads() {
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest("threads 1, 2 and 3", () -> {
      Map<String, float[]> one = step(backend, 1, MemoryPolicy.POOLED);
      assertSameBits("2 threads", one, step(backend, 2, MemoryPolicy.POOLED));
      assertSameBits("3 threads", one, step(backend, 3, MemoryPolicy.POOLED));
    })));
  }

  @TestFactory
  Stream<DynamicNode> givesTheSameBitsFromFreshPoisonedMemory() {
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest("pool on and off", () -> {
      Map<String, float[]> pooled = step(backend, 2, MemoryPolicy.POOLED);
      assertSameBits("fresh memory", pooled, step(backend, 2, new MemoryPolicy(false, true)));
      assertSameBits("poisoned pool", pooled, step(backend, 2, new MemoryPolicy(true, true)));
    })));
  }

  @TestFactory
  Stream<DynamicNode> allocatesNoArrayOnceWarm() {
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest("three steps", () -> {
      try (var open = backend.open(2, MemoryPolicy.POOLED)) {
        Map<String, Tensor> parameters = parameters(open.kernels());
        MemoryPool memory = assertInstanceOf(MemoryPool.class, open.kernels().memory());
        step(open.kernels(), parameters);
        long allocated = memory.bytesAllocated();
        long inUse = memory.bytesInUse();
        step(open.kernels(), parameters);
        step(open.kernels(), parameters);
        assertEquals(allocated, memory.bytesAllocated());
        assertEquals(inUse, memory.bytesInUse(), "the tape gives everything back");
      }
    })));
  }

  private static Map<String, float[]> step(BackendUnderTest backend, int threads, MemoryPolicy memory) {
    try (var open = backend.open(threads, memory)) {
      Map<String, Tensor> parameters = parameters(open.kernels());
      step(open.kernels(), parameters); // so that a pool has something to hand out again
      return step(open.kernels(), parameters);
    }
  }

  /// The loss and every gradient.
  private static Map<String, float[]> step(Kernels kernels, Map<String, Tensor> parameters) {
    try (var tape = new Tape(kernels, true)) {
      Shape view = Shape.of(PAIRS, 1, LENGTH);
      Tensor loss = new ReferenceCnn(tape, parameters)
          .forward(tape.constant(view, Numbers.random(view.size(), 1)), tape.constant(view, Numbers.random(view.size(), 2)), 0.5f)
          .loss();
      Gradients gradients = tape.backward(loss);
      Map<String, float[]> result = new LinkedHashMap<>();
      result.put("loss", Numbers.download(kernels, loss.storage()));
      parameters.forEach((name, parameter) -> result.put(name, Numbers.download(kernels, gradients.of(parameter).storage())));
      return result;
    }
  }

  private static void assertSameBits(String what, Map<String, float[]> expected, Map<String, float[]> actual) {
    expected.forEach((name, values) -> Compare.assertSameBits(what + ": " + name, values, actual.get(name)));
  }

  private static Map<String, Tensor> parameters(Kernels kernels) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    convolution(parameters, kernels, "stem.conv", "stem.norm", 1, 7);
    for (int block = 0; block < 2; block++) {
      for (int i = 1; i <= 2; i++) {
        convolution(parameters, kernels, "block" + block + ".conv" + i, "block" + block + ".norm" + i, HIDDEN, 3);
      }
    }
    linear(parameters, kernels, "embed", HIDDEN);
    linear(parameters, kernels, "proj1", EMBEDDING);
    linear(parameters, kernels, "proj2", EMBEDDING);
    return parameters;
  }

  private static void convolution(Map<String, Tensor> parameters, Kernels kernels, String name, String norm, int channels,
      int taps) {
    add(parameters, kernels, name + ".weight", Shape.of(HIDDEN, channels, taps), channels * taps);
    add(parameters, kernels, name + ".bias", Shape.of(HIDDEN), 1);
    add(parameters, kernels, norm + ".gamma", Shape.of(HIDDEN), 1);
    add(parameters, kernels, norm + ".beta", Shape.of(HIDDEN), 1);
  }

  private static void linear(Map<String, Tensor> parameters, Kernels kernels, String name, int inputs) {
    add(parameters, kernels, name + ".weight", Shape.of(EMBEDDING, inputs), inputs);
    add(parameters, kernels, name + ".bias", Shape.of(EMBEDDING), 1);
  }

  private static void add(Map<String, Tensor> parameters, Kernels kernels, String name, Shape shape, int inputs) {
    float[] values = Numbers.random(shape.size(), parameters.size());
    for (int i = 0; i < values.length; i++) values[i] /= (float) Math.sqrt(inputs);
    Tensor parameter = Tensor.of(shape, Numbers.upload(kernels, values)).requiringGradient(true);
    parameters.put(name, parameter);
  }
}
