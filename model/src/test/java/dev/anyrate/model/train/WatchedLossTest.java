package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.model.testing.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No compiler may take the product with 0 away.
class WatchedLossTest {
  private static double read(String backend, float loss, float norm) {
    BackendUnderTest.require(backend);
    try (Engine engine = TestEngine.open(backend); var watched = new WatchedLoss(engine)) {
      return watched.read(engine.full(Shape.of(1), loss), engine.full(Shape.of(1), norm));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "opencl"})
  void isTheLossToTheLastBit(String backend) {
    assertEquals(1.2345679f, read(backend, 1.2345679f, Float.MAX_VALUE));
    assertEquals(Double.POSITIVE_INFINITY, read(backend, Float.POSITIVE_INFINITY, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "opencl"})
  void isNaNWhereTheGradientIsNotFinite(String backend) {
    assertTrue(Double.isNaN(read(backend, 1, Float.NaN)));
    assertTrue(Double.isNaN(read(backend, 1, Float.POSITIVE_INFINITY)));
  }
}
