package dev.anyrate.engine.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.ops.BatchNormalizedConv1d;
import dev.anyrate.engine.ops.Conv1d;
import dev.anyrate.engine.ops.NormalizedConv1d;
import dev.anyrate.engine.ops.Scale;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Bfloat16Reference;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RunningCase;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Activations that are kept in bfloat16: the loss is the same, gradients are nearly.
class PrecisionTest {
  /// Numbers are off by up to 2⁻⁹ = 0.002. Most gradients are within that; those of few numbers between which little difference is left are not.
  private static final double TOLERANCE = 0.05;

  /// For cases made to lose digits: a mean far above the deviation, scores of attention around 100.
  private static final double TOLERANCE_OF_EXTREMES = 0.2;

  /// Every operation with activations before and behind it. One that reads in its backward pass what it did not name finds no numbers there.
  @TestFactory
  Stream<DynamicNode> everyOperationGivesNearlyTheSameGradients() {
    return BackendUnderTest.eachOpen(2, MemoryPolicy.POOLED, kernels -> forEachCase(opCase -> {
      List<float[]> expected = run(opCase, kernels, Precision.FLOAT32);
      List<float[]> actual = run(opCase, kernels, Precision.BF16);
      Compare.assertSameBits(opCase + ", result", expected.getFirst(), actual.getFirst());
      boolean extreme = opCase.name().contains("far from zero") || opCase.name().contains("beyond");
      for (int i = 1; i < expected.size(); i++) {
        Compare.assertClose(opCase + ", gradient", Compare.doubles(expected.get(i)), actual.get(i),
            extreme ? TOLERANCE_OF_EXTREMES : TOLERANCE);
      }
    }));
  }

  @Tag("long") // ReproducibilityTest and ReducedPrecisionTest have each half of it
  @TestFactory
  Stream<DynamicNode> bitsDoNotDependOnThreadsNorOnMemory() {
    return BackendUnderTest.each(backend -> {
      var one = backend.open(1, MemoryPolicy.POOLED);
      var three = backend.open(3, new MemoryPolicy(false, true));
      return forEachCase(opCase -> {
        List<float[]> expected = run(opCase, one.kernels(), Precision.BF16);
        List<float[]> actual = run(opCase, three.kernels(), Precision.BF16);
        for (int i = 0; i < expected.size(); i++) Compare.assertSameBits(opCase.toString(), expected.get(i), actual.get(i));
      }).onClose(one::close).onClose(three::close);
    });
  }

  private static Stream<DynamicNode> forEachCase(Consumer<OpCase> check) {
    return OpCases.all().stream().filter(opCase -> opCase.inputs().stream().anyMatch(OpCase.Input::differentiable))
        .map(opCase -> DynamicTest.dynamicTest(opCase.name(), () -> check.accept(opCase)));
  }

  /// The result and the gradients of the second run.
  private static List<float[]> run(OpCase opCase, Kernels kernels, Precision precision) {
    List<Tensor> inputs = new ArrayList<>();
    for (OpCase.Input input : opCase.inputs()) {
      inputs.add(Tensor.of(input.shape(), Numbers.upload(kernels, input.values())).requiringGradient(input.differentiable()));
    }
    try (var memory = new StepMemory(kernels.memory())) {
      Program program;
      try (var recording = new Recording(kernels, memory, true, precision)) {
        List<Tensor> activations = new ArrayList<>();
        for (Tensor input : inputs) activations.add(input.requiresGradient() ? recording.run(new Scale(input, 1)) : input);
        Tensor output = recording.run(new Scale(recording.run(opCase.op().apply(activations)), 1));
        Tensor dOutput = Tensor.of(output.shape(), Numbers.upload(kernels, RunningCase.outputGradient(output.size())));
        program = recording.differentiate(output, dOutput);
      }
      program.run();
      for (int i = 0; i < inputs.size(); i++) { // running statistics move
        kernels.transfer().upload(opCase.inputs().get(i).values(), 0, inputs.get(i).storage());
      }
      program.run();
      List<float[]> results = new ArrayList<>();
      results.add(Numbers.download(kernels, program.output().storage()));
      for (Tensor input : inputs) {
        if (input.requiresGradient()) results.add(Numbers.download(kernels, program.gradients().of(input).storage()));
      }
      return results;
    }
  }

  /// The derivative of a chain of squares is the product of what goes into them, times 2 each. Every other square is made again from the one before, the others are rounded; the last
  /// one is what the backward pass begins with.
  @Test
  void theBackwardPassReadsRoundedNumbers() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory()) {
      float x = 1 / 3f;
      Tensor parameter = engine.tensor(Shape.of(1, 1, 1), x).requiringGradient(true);
      Program program = squares(engine, memory, parameter, 5, Precision.BF16);
      program.run();
      float square = x * x; // made again, from x
      float second = square * square;
      float rounded = Bfloat16Reference.rounded(second);
      float third = rounded * rounded; // made again
      float fourth = second * second * (second * second);
      assertTrue(rounded != second);
      assertEquals(fourth * fourth, engine.toHost(program.output())[0]);
      float expected = 32 * x * square * rounded * third * fourth;
      assertEquals(expected, engine.toHost(program.gradients().of(parameter))[0], 1e-6f * expected);
    }
  }

  @Test
  void activationsTakeHalfTheRoom() {
    int size = 1 << 16;
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory(); StepMemory other = engine.stepMemory()) {
      Tensor x = engine.full(Shape.of(1, 1, size), 0.5f).requiringGradient(true);
      MemoryUse exact = squares(engine, memory, x, 20, Precision.FLOAT32).memory();
      MemoryUse half = squares(engine, other, x, 20, Precision.BF16).memory();
      assertTrue(half.activations() < 0.6 * exact.activations(), exact + " and " + half);
      assertTrue(half.peak() < 0.7 * exact.peak(), exact + " and " + half);
    }
  }

  /// Of a convolution and its batch norm the result on the way is kept, too.
  @Test
  void whatLiesInsideOfAnOperationTakesHalfTheRoom() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory(); StepMemory other = engine.stepMemory()) {
      MemoryUse exact = convolutions(engine, memory, 8, Precision.FLOAT32).memory();
      MemoryUse half = convolutions(engine, other, 8, Precision.BF16).memory();
      // Of the last one only what its batch norm reads stays as it is until the backward pass, 2 of 16; what the convolution reads is packed.
      assertTrue(half.activations() < 0.58 * exact.activations(), exact + " and " + half);
    }
  }

  private static Program convolutions(Engine engine, StepMemory memory, int n, Precision precision) {
    int channels = 8;
    Shape perChannel = Shape.of(channels);
    Tensor lengths = engine.full(Shape.of(2), 1 << 12);
    Tensor one = engine.full(perChannel, 1);
    Tensor zero = engine.full(perChannel, 0);
    Tensor weight = engine.full(Shape.of(channels, channels, 1), 0.5f).requiringGradient(true);
    try (Recording recording = engine.recording(memory, precision)) {
      Tensor y = engine.full(Shape.of(2, 1 << 12, channels), 1);
      for (int i = 0; i < n; i++) {
        var convolution = new Conv1d(y, weight, null, 1, 0, 1, 1);
        var evaluation = new NormalizedConv1d(convolution, lengths, one, zero, zero, one, y, true, 1e-5f);
        y = recording.run(new BatchNormalizedConv1d(evaluation, 0.1f));
      }
      return recording.differentiate(recording.run(new Sum(y, List.of(0, 1, 2), false)));
    }
  }

  @Test
  void anActivationIsGoneAfterTheRun() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory(); Recording recording = engine.recording(memory)) {
      Tensor x = engine.full(Shape.of(1, 1, 3), 2).requiringGradient(true);
      Tensor square = recording.run(new Unary(UnaryFunction.SQUARE, x));
      recording.differentiate(recording.run(new Sum(square, List.of(0, 1, 2), false))).run();
      String message = assertThrows(IllegalStateException.class, () -> engine.toHost(square)).getMessage();
      assertTrue(message.startsWith("storage of 3 floats has no numbers now"), message);
    }
  }

  /// The sum of x to the power of 2ⁿ.
  private static Program squares(Engine engine, StepMemory memory, Tensor x, int n, Precision precision) {
    try (Recording recording = engine.recording(memory, precision)) {
      Tensor y = x;
      for (int i = 0; i < n; i++) y = recording.run(new Unary(UnaryFunction.SQUARE, y));
      return recording.differentiate(recording.run(new Sum(y, List.of(0, 1, 2), false)));
    }
  }

  private static Engine engine() {
    return Engine.open(EngineOptions.defaults().withBackend("scalar").withThreads(1));
  }
}
