package dev.anyrate.model.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.BinaryFunction;
import dev.anyrate.engine.ops.Binary;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.Sum;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.testing.TestEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientClippingTest {
  private Engine engine;
  private Tape tape;
  private List<Parameter> parameters;

  @BeforeEach
  void open() {
    engine = TestEngine.open();
    tape = engine.tape();
    Initializer initializer = new Initializer(engine, 0);
    parameters = List.of(initializer.constant("first", Shape.of(2), 1), initializer.constant("second", Shape.of(1), 1));
  }

  @AfterEach
  void close() {
    tape.close();
    engine.close();
  }

  /// The gradient of Σ c·parameters is c.
  private Gradients gradients(float... c) {
    Tensor all = tape.run(new Concat(parameters.stream().map(Parameter::tensor).toList(), 0));
    Tensor product = tape.run(new Binary(BinaryFunction.MULTIPLY, all, tape.constant(Shape.of(3), c)));
    return tape.backward(tape.run(new Sum(product, List.of(0), false)));
  }

  private double clip(float limit, Gradients gradients) {
    try (var clipping = new GradientClipping(engine, parameters, limit)) {
      clipping.clip(gradients);
      return engine.toHost(clipping.norm())[0];
    }
  }

  private float[] values(Gradients gradients, int parameter) {
    return engine.toHost(gradients.of(parameters.get(parameter).tensor()));
  }

  @Test
  void scalesAllGradientsTogetherToTheLimit() {
    Gradients gradients = gradients(2, -4, 4); // norm 6
    assertEquals(6, clip(1.5f, gradients), 1e-6);
    assertArrayEquals(new float[] {0.5f, -1}, values(gradients, 0), 1e-6f);
    assertArrayEquals(new float[] {1}, values(gradients, 1), 1e-6f);
  }

  @ParameterizedTest
  @ValueSource(floats = {6.001f, 100, Float.MAX_VALUE})
  void leavesSmallGradientsAsTheyAre(float limit) {
    Gradients gradients = gradients(2, -4, 4);
    assertEquals(6, clip(limit, gradients), 1e-6);
    assertArrayEquals(new float[] {2, -4}, values(gradients, 0));
    assertArrayEquals(new float[] {4}, values(gradients, 1));
  }

  @Test
  void countsNoFrozenParameter() {
    parameters.get(0).setFrozen(true);
    Gradients gradients = gradients(2, -4, 4);
    assertEquals(4, clip(1, gradients), 1e-6);
    assertArrayEquals(new float[] {1}, values(gradients, 1), 1e-6f);
  }

  @Test
  void handsOnWhatIsNotANumberForTheLossWatchToSee() {
    assertTrue(Double.isNaN(clip(1, gradients(2, Float.NaN, 4))));
  }

  @Test
  void gradientsOfZeroStayZero() {
    Gradients gradients = gradients(0, 0, 0);
    assertEquals(0, clip(1, gradients));
    assertArrayEquals(new float[2], values(gradients, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN})
  void aLimitThatIsNotAboveZeroIsRefused(float limit) {
    assertEquals("gradient clipping: limit is " + limit + "; give a number above 0, such as 5",
        assertThrows(IllegalArgumentException.class, () -> new GradientClipping(engine, parameters, limit)).getMessage());
  }
}
