package dev.anyrate.bench;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.SplittableRandom;

/// Seeded numbers: the same on every engine and in every process.
public final class Inputs {
  private Inputs() {}

  /// Numbers from −1 to 1.
  public static float[] uniform(long seed, int count) {
    var random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) values[i] = (float) random.nextDouble(-1, 1);
    return values;
  }

  /// A tensor of numbers from −1 to 1.
  public static Tensor uniform(Engine engine, long seed, int... dims) {
    Shape shape = Shape.of(dims);
    return engine.tensor(shape, uniform(seed, shape.size()));
  }

  /// A tensor for a result.
  public static Tensor zeros(Engine engine, int... dims) {
    return engine.full(Shape.of(dims), 0);
  }
}
