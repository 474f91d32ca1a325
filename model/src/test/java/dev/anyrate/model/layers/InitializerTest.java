package dev.anyrate.model.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.model.testing.TestEngine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final Shape SHAPE = Shape.of(30, 40);

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static float[] drawn(Initializer initializer, String name) {
    return engine.toHost(initializer.uniform(name, SHAPE, 16).tensor());
  }

  @Test
  void valuesFollowFromSeedAndName() {
    float[] values = drawn(new Initializer(engine, 1).scope("encoder"), "weight");
    assertArrayEquals(values, drawn(new Initializer(engine, 1), "encoder.weight"));
    assertFalse(Arrays.equals(values, drawn(new Initializer(engine, 2).scope("encoder"), "weight")));
    assertFalse(Arrays.equals(values, drawn(new Initializer(engine, 1).scope("encoder"), "bias")));
  }

  @Test
  void anotherLayerLeavesTheOthersAsTheyWere() {
    float[] alone = drawn(new Initializer(engine, 1), "b");
    Initializer many = new Initializer(engine, 1);
    drawn(many, "a");
    many.buffer("c", SHAPE, 0);
    assertArrayEquals(alone, drawn(many, "b"));
  }

  @Test
  void valuesAreUniformWithinOneOverTheRootOfTheFanIn() {
    float[] values = drawn(new Initializer(engine, 1), "w"); // 1200 values in ±1/√16
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest <= 0.25 && largest > 0.249, "largest is " + largest);
    assertEquals(0, sum / values.length, 0.02); // 0.25/√3/√1200 is 0.004
    assertEquals(0.25 * 0.25 / 3, squares / values.length, 0.002);
  }

  @Test
  void constantsAndBuffersHaveOneValue() {
    Initializer initializer = new Initializer(engine, 1);
    assertArrayEquals(new float[] {2, 2, 2}, engine.toHost(initializer.constant("gamma", Shape.of(3), 2).tensor()));
    assertArrayEquals(new float[] {-1, -1}, engine.toHost(initializer.buffer("mean", Shape.of(2), -1)));
  }

  @Test
  void aNameThatIsUsedTwiceIsRefused() {
    Initializer initializer = new Initializer(engine, 1);
    initializer.scope("layer").constant("bias", Shape.of(1), 0);
    initializer.scope("layer").buffer("mean", Shape.of(1), 0);
    assertRefused("layer.bias", () -> initializer.scope("layer").uniform("bias", Shape.of(1), 1));
    assertRefused("layer.bias", () -> initializer.buffer("layer.bias", Shape.of(1), 0));
    assertRefused("layer.mean", () -> initializer.constant("layer.mean", Shape.of(1), 0));
  }

  private static void assertRefused(String name, Runnable repetition) {
    assertEquals("model: the name " + name + " is used twice; give each layer a scope of its own",
        assertThrows(IllegalArgumentException.class, repetition::run).getMessage());
  }

  @Test
  void theStateListsParametersAndBuffersInTheOrderInWhichTheyWereMade() {
    Initializer initializer = new Initializer(engine, 1);
    BatchNormLayer.create(initializer.scope("norm"), 2);
    LinearLayer.create(initializer.scope("linear"), 2, 3);
    ModelState state = initializer.state();
    List<String> parameters = List.of("norm.gamma", "norm.beta", "linear.weight", "linear.bias");
    assertEquals(parameters, state.parameters().stream().map(Parameter::name).toList());
    assertEquals(List.of("norm.gamma", "norm.beta", "linear.weight", "linear.bias", "norm.running_mean", "norm.running_variance"),
        List.copyOf(state.tensors().keySet()));
    assertEquals(2 + 2 + 6 + 3, state.parameterCount());
  }

  @Test
  void weightsAreParametersAndStatisticsButNotOtherBuffers() {
    Initializer initializer = new Initializer(engine, 1);
    initializer.buffer("draws", Shape.of(1), 0);
    BatchNormLayer.create(initializer.scope("norm"), 2);
    ModelState state = initializer.state();
    assertEquals(List.of("norm.gamma", "norm.beta", "norm.running_mean", "norm.running_variance"),
        List.copyOf(state.weights().keySet()));
    assertEquals(3, state.buffers().size());
  }
}
