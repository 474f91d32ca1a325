package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.memory.MemoryPolicy;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.engine.testing.GradientCheck;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.engine.testing.OpCase;
import dev.anyrate.engine.testing.RunningCase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// How to write and test an operation of one's own: [SoftCap] is the operation, this class its test.
class CustomOpTest {
  private static final float CAP = 3;

  /// The operation at one setting, with its formula in double precision.
  private static final OpCase CASE = new OpCase("soft cap",
      List.of(new OpCase.Input(Shape.of(2, 4), new float[] {-9, -3, -1, -0.1f, 0, 0.5f, 2, 20}, true)),
      inputs -> new SoftCap(inputs.getFirst(), CAP),
      inputs -> Arrays.stream(inputs[0]).map(x -> CAP * Math.tanh(x / CAP)).toArray(),
      1e-5);

  @TestFactory
  Stream<DynamicNode> equalsItsFormulaAndItsGradientOnEveryBackend() {
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest(CASE.name(), () -> {
      try (var open = backend.open(1, MemoryPolicy.POOLED); var run = new RunningCase(CASE, open.kernels())) {
        Compare.assertClose(CASE.name(), RunningCase.reference(CASE), run.output(), CASE.tolerance());
        new GradientCheck(CASE).check(run.gradients());
      }
    })));
  }

  @TestFactory
  Stream<DynamicNode> worksAmongTheEnginesOwnOperations() {
    return BackendUnderTest.each(backend -> Stream.of(DynamicTest.dynamicTest("square of a soft cap", () -> {
      try (var open = backend.open(1, MemoryPolicy.POOLED); var tape = new Tape(open.kernels(), true)) {
        Tensor x = tape.constant(Shape.of(1), 2).requiringGradient(true);
        Tensor y = tape.run(new Unary(UnaryFunction.SQUARE, tape.run(new SoftCap(x, CAP))));
        float dX = Numbers.download(open.kernels(), tape.backward(y).of(x).storage())[0];
        double tanh = Math.tanh(2 / CAP);
        assertEquals(2 * CAP * tanh * (1 - tanh * tanh), dX, 1e-5); // d(u²)/dx = 2u·du/dx
      }
    })));
  }

  @Test
  void refusesACapThatIsNotPositive() {
    assertEquals("softCap: cap is 0.0; cap must be positive",
        assertThrows(ShapeMismatch.class, () -> new SoftCap(null, 0)).getMessage());
  }
}
