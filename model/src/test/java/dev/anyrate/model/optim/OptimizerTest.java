package dev.anyrate.model.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.Numbers;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.testing.TestEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static final Shape SHAPE = Shape.of(7);

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private interface Choice {
    Optimizer of(Parameter parameter);
  }

  static Stream<Named<Choice>> optimizers() {
    return Stream.of(Named.of("Adam", parameter -> Adam.adam(engine, List.of(parameter), 0.01f)),
        Named.of("AdamW", parameter -> Adam.adamW(engine, List.of(parameter), 0.01f, 0.1f)),
        Named.of("SGD", parameter -> new Sgd(engine, List.of(parameter), 0.01f, 0, false, 0.1f)),
        Named.of("SGD, momentum", parameter -> new Sgd(engine, List.of(parameter), 0.01f, 0.9f, false, 0)),
        Named.of("SGD, Nesterov", parameter -> new Sgd(engine, List.of(parameter), 0.01f, 0.9f, true, 0)));
  }

  private static Parameter parameter() {
    return new Initializer(engine, 1).uniform("w", SHAPE, 1);
  }

  private static void steps(Optimizer optimizer, Parameter w, int count) {
    for (int step = 0; step < count; step++) {
      try (Tape tape = engine.tape()) {
        Tensor target = tape.constant(SHAPE, Numbers.random(SHAPE.size(), optimizer.steps()));
        optimizer.step(tape.backward(tape.run(new MeanSquaredError(w.tensor(), target))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void oneThatIsResumedFromItsStateGoesOnWithTheSameBits(Choice choice) {
    Parameter whole = parameter();
    Optimizer uninterrupted = choice.of(whole);
    steps(uninterrupted, whole, 5);

    Parameter first = parameter();
    Optimizer before = choice.of(first);
    steps(before, first, 3);
    Parameter second = parameter();
    Optimizer after = choice.of(second);
    engine.write(second.tensor(), engine.toHost(first.tensor()));
    Map<String, Tensor> state = after.state();
    before.state().forEach((name, tensor) -> engine.write(state.get(name), engine.toHost(tensor)));
    after.resumeAt(before.steps());
    steps(after, second, 2);

    assertEquals(5, after.steps());
    assertArrayEquals(engine.toHost(whole.tensor()), engine.toHost(second.tensor()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aLearningRateOfZeroMovesNothing(Choice choice) {
    Parameter w = parameter();
    Optimizer optimizer = choice.of(w);
    optimizer.setLearningRate(0);
    steps(optimizer, w, 2);
    assertArrayEquals(engine.toHost(parameter().tensor()), engine.toHost(w.tensor()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aParameterThatTheLossDoesNotDependOnStaysAsItIs(Choice choice) {
    Parameter w = parameter();
    Parameter other = parameter();
    Optimizer optimizer = choice.of(other);
    steps(optimizer, w, 2);
    assertArrayEquals(engine.toHost(parameter().tensor()), engine.toHost(other.tensor()));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void numbersOutOfRangeAreRefusedWithTheRemedy(float wrong) {
    List<Parameter> parameters = List.of(parameter());
    String rate = "learning rate: " + wrong + "; give a number of 0 or more, such as 0.001";
    assertEquals(rate, message(() -> Adam.adam(engine, parameters, wrong)));
    assertEquals(rate, message(() -> new Sgd(engine, parameters, wrong, 0, false, 0)));
    assertEquals(rate, message(() -> Adam.adam(engine, parameters, 1).setLearningRate(wrong)));
    String decay = "weight decay: " + wrong + "; give a number of 0 or more, such as 0.0001";
    assertEquals(decay, message(() -> Adam.adam(engine, parameters, 1, wrong)));
    assertEquals(decay, message(() -> Adam.adamW(engine, parameters, 1, wrong)));
    assertEquals(decay, message(() -> new Sgd(engine, parameters, 1, 0, false, wrong)));
    assertEquals("momentum: " + wrong + "; give a number from 0 up to, not including, 1",
        message(() -> new Sgd(engine, parameters, 1, wrong, false, 0)));
  }

  @Test
  void aMomentumThatForgetsNothingIsRefused() {
    assertEquals("momentum: 1.0; give a number from 0 up to, not including, 1",
        message(() -> new Sgd(engine, List.of(parameter()), 1, 1, false, 0)));
  }

  private static String message(Runnable faulty) {
    return assertThrows(IllegalArgumentException.class, faulty::run).getMessage();
  }
}
