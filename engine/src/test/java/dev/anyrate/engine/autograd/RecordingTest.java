package dev.anyrate.engine.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.Kernels;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.memory.StepMemory;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Reshape;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RunningCase;
import dev.anyrate.engine.testing.cases.OpCases;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// A step that was recorded computes what a tape computes, in every run.
class RecordingTest {
  @TestFactory
  Stream<DynamicNode> everyOperationGivesTheBitsOfATapeInEveryRun() {
    return BackendUnderTest.eachOpen(2, MemoryPolicy.POOLED, kernels -> OpCases.all().stream()
        .filter(opCase -> opCase.inputs().stream().anyMatch(OpCase.Input::differentiable))
        .map(opCase -> DynamicTest.dynamicTest(opCase.name(), () -> assertEqualsTape(opCase, kernels))));
  }

  private static void assertEqualsTape(OpCase opCase, Kernels kernels) {
    try (var tape = new RunningCase(opCase, kernels); var memory = new StepMemory(kernels.memory())) {
      List<Tensor> inputs = new ArrayList<>();
      for (OpCase.Input input : opCase.inputs()) {
        Tensor tensor = Tensor.of(input.shape(), Numbers.upload(kernels, new float[input.values().length]));
        inputs.add(tensor.requiringGradient(input.differentiable()));
      }
      Program program;
      try (var recording = new Recording(kernels, memory, true, Precision.FLOAT32)) {
        Tensor output = recording.run(opCase.op().apply(inputs));
        float[] dOutput = RunningCase.outputGradient(output.size());
        program = recording.differentiate(output, Tensor.of(output.shape(), Numbers.upload(kernels, dOutput)));
      }
      for (int i = 0; i < inputs.size(); i++) {
        kernels.transfer().upload(opCase.inputs().get(i).values(), 0, inputs.get(i).storage());
      }
      float[] expected = tape.output();
      List<float[]> expectedGradients = tape.gradients();
      for (int run = 1; run <= 2; run++) {
        program.run();
        Compare.assertSameBits(opCase + ", run " + run, expected, Numbers.download(kernels, program.output().storage()));
        List<float[]> expectedInOrder = new ArrayList<>(expectedGradients);
        for (Tensor input : inputs) {
          if (!input.requiresGradient()) continue;
          float[] gradient = Numbers.download(kernels, program.gradients().of(input).storage());
          Compare.assertSameBits(opCase + ", gradient in run " + run, expectedInOrder.removeFirst(), gradient);
        }
      }
    }
  }

  @Test
  void aRunSeesThePresentNumbers() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory()) {
      Tensor x = engine.tensor(Shape.of(2), 1, 2).requiringGradient(true);
      Program squares = program(engine, memory, x);
      squares.run();
      assertEquals(5, engine.toHost(squares.output())[0]);
      assertEquals(4, engine.toHost(squares.gradients().of(x))[1]);
      engine.write(x, new float[] {3, 4});
      squares.run();
      assertEquals(25, engine.toHost(squares.output())[0]);
      assertEquals(8, engine.toHost(squares.gradients().of(x))[1]);
    }
  }

  @Test
  void programsTakeTurnsInOneMemory() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory()) {
      Tensor small = engine.tensor(Shape.of(2), 1, 2).requiringGradient(true);
      Tensor large = engine.full(Shape.of(1000), 2).requiringGradient(true);
      Program first = program(engine, memory, large);
      Program second = program(engine, memory, small);
      for (int turn = 0; turn < 2; turn++) {
        first.run();
        assertEquals(4000, engine.toHost(first.output())[0]);
        second.run();
        assertEquals(5, engine.toHost(second.output())[0]);
        assertEquals(2, engine.toHost(second.gradients().of(small))[0]);
      }
    }
  }

  @Test
  void aDeadActivationMakesRoomForGradients() {
    int size = 1 << 16;
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory(); Recording recording = engine.recording(memory)) {
      Tensor x = engine.full(Shape.of(size), 0.5f).requiringGradient(true);
      Tensor y = x;
      for (int i = 0; i < 10; i++) y = recording.run(new Unary(UnaryFunction.TANH, y));
      MemoryUse use = recording.differentiate(recording.run(new Sum(y, List.of(0), false))).memory();
      long one = (long) size * Float.BYTES;
      assertEquals(10, use.activations() / one);
      assertEquals(11, use.peak() / one); // beside them one gradient, which is worked on in its place
    }
  }

  @Test
  void aViewLivesAsLongAsWhatItShows() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory(); Recording recording = engine.recording(memory)) {
      Tensor x = engine.tensor(Shape.of(4), 1, 2, 3, 4).requiringGradient(true);
      Tensor square = recording.run(new Binary(BinaryFunction.MULTIPLY, x, x));
      Tensor view = recording.run(new Reshape(square, Shape.of(2, 2)));
      Tensor fourth = recording.run(new Binary(BinaryFunction.MULTIPLY, view, view));
      Program program = recording.differentiate(recording.run(new Sum(fourth, List.of(0, 1), false)));
      program.run();
      assertEquals(4 * 27, engine.toHost(program.gradients().of(x))[2]); // d(x⁴)/dx = 4x³
    }
  }

  @Test
  void aConstantOutlivesTheRecording() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory()) {
      Tensor x = engine.tensor(Shape.of(1), 5).requiringGradient(true);
      try (Program program = threeTimes(engine, memory, x)) {
        for (int run = 0; run < 2; run++) {
          program.run();
          assertEquals(15, engine.toHost(program.output())[0]);
        }
      }
    }
  }

  private static Program threeTimes(Engine engine, StepMemory memory, Tensor x) {
    try (Recording recording = engine.recording(memory)) {
      Tensor three = recording.constant(Shape.of(1), 3);
      return recording.differentiate(recording.run(new Binary(BinaryFunction.MULTIPLY, x, three)));
    }
  }

  @Test
  void aRecordingThatEndedRefusesUse() {
    try (Engine engine = engine(); StepMemory memory = engine.stepMemory()) {
      Tensor x = engine.tensor(Shape.of(1), 5).requiringGradient(true);
      Recording differentiated = engine.recording(memory);
      Tensor y = differentiated.run(new Unary(UnaryFunction.SQUARE, x));
      differentiated.differentiate(y);
      assertEnded(() -> differentiated.run(new Unary(UnaryFunction.SQUARE, y)));
      assertEnded(() -> differentiated.constant(Shape.of(1), 1));
      assertEnded(() -> differentiated.differentiate(y));
      assertEnded(() -> differentiated.differentiate(y, x));
      Recording closed = engine.recording(memory);
      closed.close();
      assertEnded(() -> closed.run(new Unary(UnaryFunction.SQUARE, x)));
    }
  }

  private static void assertEnded(Executable use) {
    assertEquals("this recording has ended; open a new one with Engine.recording()",
        assertThrows(IllegalStateException.class, use).getMessage());
  }

  private static Program program(Engine engine, StepMemory memory, Tensor x) {
    try (Recording recording = engine.recording(memory)) {
      return recording
          .differentiate(recording.run(new Sum(recording.run(new Unary(UnaryFunction.SQUARE, x)), List.of(0), false)));
    }
  }

  private static Engine engine() {
    return Engine.open(EngineOptions.defaults().withBackend("scalar").withThreads(1));
  }
}
