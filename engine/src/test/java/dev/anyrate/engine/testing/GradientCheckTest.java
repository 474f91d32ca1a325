package dev.anyrate.engine.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The check itself is checked: it accepts the gradient of a cube, and finds one that is slightly wrong.
class GradientCheckTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void acceptsTheRightGradient(int size) {
    assertDoesNotThrow(() -> new GradientCheck(cubes(size)).check(List.of(gradientOfCubes(size))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void findsASmallFault(int size) {
    float[] gradient = gradientOfCubes(size);
    gradient[size / 2] *= 1.05f;
    AssertionError error = assertThrows(AssertionError.class, () -> new GradientCheck(cubes(size)).check(List.of(gradient)));
    assertTrue(error.getMessage().startsWith("cubes: gradient 0: relative error"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1000})
  void findsNaN(int size) {
    float[] gradient = gradientOfCubes(size);
    gradient[0] = Float.NaN;
    assertThrows(AssertionError.class, () -> new GradientCheck(cubes(size)).check(List.of(gradient)));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1000})
  void findsAGradientThatIsZeroThroughout(int size) {
    assertThrows(AssertionError.class, () -> new GradientCheck(cubes(size)).check(List.of(new float[size])));
  }

  private static OpCase cubes(int size) {
    return new OpCase("cubes", List.of(new OpCase.Input(Shape.of(size), values(size), true)), _ -> {
      throw new AssertionError("the check needs gradients only");
    }, inputs -> Arrays.stream(inputs[0]).map(x -> x * x * x).toArray(), 1e-5);
  }

  private static float[] gradientOfCubes(int size) {
    float[] gradient = RunningCase.outputGradient(size);
    float[] x = values(size);
    for (int i = 0; i < size; i++) gradient[i] *= 3 * x[i] * x[i];
    return gradient;
  }

  private static float[] values(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) values[i] = 1 + 0.5f * (float) Math.sin(i);
    return values;
  }
}
