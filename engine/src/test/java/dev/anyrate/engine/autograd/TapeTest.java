package dev.anyrate.engine.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.kernel.UnaryFunction;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Scale;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.ops.Unary;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How gradients flow, shown on single numbers. Read it from top to bottom: each test adds one thought.
/// The cases are those of micrograd (<https://github.com/karpathy/micrograd>).
class TapeTest {
  private final Engine engine = Engine.open(EngineOptions.defaults().withBackend("scalar").withThreads(1));
  private final Tape tape = engine.tape();

  @AfterEach
  void close() {
    tape.close();
    engine.close();
  }

  @Test
  void aProductPassesEachFactorToTheOther() {
    Tensor a = parameter(3);
    Tensor b = parameter(5);
    Gradients gradients = tape.backward(times(a, b));
    assertEquals(5, value(gradients.of(a))); // d(a·b)/da = b
    assertEquals(3, value(gradients.of(b)));
  }

  @Test
  void aChainMultipliesDerivatives() {
    Tensor x = parameter(0.5f);
    Tensor y = unary(UnaryFunction.EXP, unary(UnaryFunction.TANH, x)); // e^tanh x
    double tanh = Math.tanh(0.5);
    assertEquals(Math.exp(tanh) * (1 - tanh * tanh), value(tape.backward(y).of(x)), 1e-6);
  }

  @Test
  void aNumberUsedTwiceGetsTheSum() {
    Tensor x = parameter(3);
    assertEquals(2, value(tape.backward(plus(x, x)).of(x)));
    assertEquals(6, value(tape.backward(times(x, x)).of(x))); // d(x²)/dx = 2x
  }

  @Test
  void aDiamondAddsWhatComesAlongBothSides() {
    Tensor x = parameter(2); //           x
    Tensor left = times(x, x); //        / \
    Tensor right = scaled(x, 3); //   x²     3x
    Tensor y = times(left, right); //    \ /
    assertEquals(3 * 3 * 4, value(tape.backward(y).of(x))); // d(3x³)/dx = 9x²
  }

  @Test
  void microgradsOwnExampleGivesItsNumbers() {
    Tensor a = parameter(-4);
    Tensor b = parameter(2);
    Tensor one = constant(1);
    Tensor c = plus(a, b);
    Tensor d = plus(times(a, b), times(b, unary(UnaryFunction.SQUARE, b)));
    c = plus(c, plus(c, one));
    c = plus(c, plus(plus(one, c), scaled(a, -1)));
    d = plus(d, plus(scaled(d, 2), relu(plus(b, a))));
    d = plus(d, plus(scaled(d, 3), relu(minus(b, a))));
    Tensor f = unary(UnaryFunction.SQUARE, minus(c, d));
    Tensor g = plus(scaled(f, 0.5f), over(constant(10), f));
    Gradients gradients = tape.backward(g);
    assertEquals(24.7041, value(g), 1e-4);
    assertEquals(138.8338, value(gradients.of(a)), 1e-3);
    assertEquals(645.5773, value(gradients.of(b)), 1e-3);
  }

  @Test
  void aRepeatedOperandGetsTheSumOverItsCopies() {
    Tensor x = tape.constant(Shape.of(3), 1, 2, 3).requiringGradient(true);
    Tensor factor = parameter(10);
    Tensor loss = tape.run(new Sum(times(x, factor), List.of(0), false));
    Gradients gradients = tape.backward(loss);
    assertEquals(1 + 2 + 3, value(gradients.of(factor)));
    assertEquals(Shape.of(3), gradients.of(x).shape());
  }

  @Test
  void backwardMayBeCalledAgainWithTheSameResult() {
    Tensor x = parameter(3);
    Tensor y = times(x, x);
    assertEquals(6, value(tape.backward(y).of(x)));
    assertEquals(6, value(tape.backward(y).of(x)));
  }

  @Test
  void severalResultsOfOneTapeHaveTheirOwnGradients() {
    Tensor x = parameter(3);
    Tensor square = times(x, x);
    Tensor cube = times(square, x);
    assertEquals(6, value(tape.backward(square).of(x)));
    assertEquals(27, value(tape.backward(cube).of(x)));
  }

  @Test
  void aGivenGradientIsPulledBack() {
    Tensor x = tape.constant(Shape.of(2), 1, 2).requiringGradient(true);
    Tensor y = times(x, x);
    Gradients gradients = tape.backward(y, tape.constant(Shape.of(2), 10, 100));
    assertEquals(20, engine.toHost(gradients.of(x))[0]);
    assertEquals(400, engine.toHost(gradients.of(x))[1]);
  }

  @Test
  void operationsOnConstantsAreNotRecorded() {
    times(constant(2), constant(3));
    assertTrue(tape.steps().isEmpty());
    times(constant(2), parameter(3));
    assertEquals(1, tape.steps().size());
  }

  @Test
  void aFrozenParameterGetsNoGradient() {
    Tensor weight = parameter(2);
    Tensor frozen = weight.requiringGradient(false); // the same number, another handle
    Tensor x = parameter(5);
    Gradients gradients = tape.backward(times(frozen, x));
    assertNull(gradients.of(frozen));
    assertNull(gradients.of(weight));
    assertEquals(2, value(gradients.of(x)));
  }

  @Test
  void aParameterThatTheLossDoesNotUseGetsNoGradient() {
    Tensor used = parameter(1);
    Tensor unused = parameter(1);
    times(unused, unused);
    assertNull(tape.backward(times(used, used)).of(unused));
  }

  @Test
  void intermediateGradientsAreGivenBack() {
    Tensor x = parameter(3);
    Tensor square = times(x, x);
    assertNull(tape.backward(times(square, x)).of(square));
  }

  @Test
  void needsOneNumberToStartFrom() {
    Tensor x = tape.constant(Shape.of(2), 1, 2).requiringGradient(true);
    String message = assertThrows(ShapeMismatch.class, () -> tape.backward(times(x, x))).getMessage();
    assertEquals("backward: loss is [2]; the loss must have one element; sum or average it", message);
  }

  @Test
  void saysWhenNothingRequiresAGradient() {
    String message = assertThrows(IllegalArgumentException.class, () -> tape.backward(times(constant(2), constant(3))))
        .getMessage();
    assertTrue(message.contains("does not depend on any tensor that requires a gradient"), message);
  }

  @Test
  void aClosedTapeRefusesUse() {
    Tensor x = parameter(3);
    Tensor y = times(x, x);
    Gradients gradients = tape.backward(y);
    tape.close();
    assertTrue(assertThrows(IllegalStateException.class, () -> times(x, x)).getMessage()
        .startsWith("this tape, inference or step memory is closed"));
    assertThrows(IllegalStateException.class, () -> tape.backward(y));
    assertThrows(IllegalStateException.class, () -> engine.toHost(y));
    assertThrows(IllegalStateException.class, () -> engine.toHost(gradients.of(x)));
  }

  @Test
  void aParameterOutlivesTheTape() {
    Tensor weight = engine.tensor(Shape.of(1), 3).requiringGradient(true);
    try (Tape step = engine.tape()) {
      assertEquals(6, value(step.backward(step.run(new Binary(BinaryFunction.MULTIPLY, weight, weight))).of(weight)));
    }
    assertEquals(3, value(weight));
  }

  @Test
  void anInferenceComputesTheSameWithoutRecording() {
    Tensor weight = engine.tensor(Shape.of(1), 3).requiringGradient(true);
    try (Inference inference = engine.inference()) {
      assertEquals(9, value(inference.run(new Binary(BinaryFunction.MULTIPLY, weight, weight))));
    }
  }

  private Tensor parameter(float value) {
    return constant(value).requiringGradient(true);
  }

  private Tensor constant(float value) {
    return tape.constant(Shape.of(1), value);
  }

  private Tensor plus(Tensor a, Tensor b) {
    return tape.run(new Binary(BinaryFunction.ADD, a, b));
  }

  private Tensor minus(Tensor a, Tensor b) {
    return tape.run(new Binary(BinaryFunction.SUBTRACT, a, b));
  }

  private Tensor times(Tensor a, Tensor b) {
    return tape.run(new Binary(BinaryFunction.MULTIPLY, a, b));
  }

  private Tensor over(Tensor a, Tensor b) {
    return tape.run(new Binary(BinaryFunction.DIVIDE, a, b));
  }

  private Tensor scaled(Tensor x, float factor) {
    return tape.run(new Scale(x, factor));
  }

  private Tensor relu(Tensor x) {
    return unary(UnaryFunction.RELU, x);
  }

  private Tensor unary(UnaryFunction function, Tensor x) {
    return tape.run(new Unary(function, x));
  }

  private float value(Tensor tensor) {
    return engine.toHost(tensor)[0];
  }
}
