package dev.anyrate.model.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.testing.TestEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  @Test
  void itFollowsTheWeightsQuicklyAtFirstAndThenByItsDecay() {
    try (Engine engine = TestEngine.open()) {
      Tensor weights = engine.tensor(Shape.of(2), 1, 10);
      try (var average = new WeightAverage(engine, Map.of("w", weights), 0.9f)) {
        double expected = 1;
        for (int step = 1; step <= 200; step++) {
          engine.write(weights, new float[] {step, 10});
          average.update(step);
          double kept = Math.min(0.9, (1.0 + step) / (10 + step));
          expected = kept * expected + (1 - kept) * step;
        }
        float[] values = engine.toHost(average.state().get("average.w"));
        assertEquals(expected, values[0], 1e-4 * expected);
        assertEquals(10, values[1], 1e-5);
      }
    }
  }

  @Test
  void swappedTwiceBothAreAsTheyWere() {
    try (Engine engine = TestEngine.open()) {
      Tensor weights = engine.tensor(Shape.of(2), 1, 2);
      try (var average = new WeightAverage(engine, Map.of("w", weights), 0.5f)) {
        engine.write(weights, new float[] {3, 4});
        average.swap();
        assertArrayEquals(new float[] {1, 2}, engine.toHost(weights));
        average.swap();
        assertArrayEquals(new float[] {3, 4}, engine.toHost(weights));
        assertArrayEquals(new float[] {1, 2}, engine.toHost(average.state().get("average.w")));
      }
    }
  }

  @Test
  void aDecayOutOfRangeIsRefused() {
    try (Engine engine = TestEngine.open()) {
      var refused = assertThrows(IllegalArgumentException.class, () -> new WeightAverage(engine, Map.of(), 1));
      assertTrue(refused.getMessage().contains("decay 1.0"), refused.getMessage());
    }
  }
}
