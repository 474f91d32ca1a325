package dev.anyrate.engine.ops;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/// A program of its own that [AttentionMemoryTest] starts in a small JVM: four heads of 32 over one long series, forward and backward.
final class LongAttention {
  private static final int LENGTH = 16_384;
  private static final int HEADS = 4;
  private static final int WIDTH = HEADS * 32;

  private LongAttention() {}

  public static void main(String... arguments) {
    try (Engine engine = Engine.open(); Tape tape = engine.tape()) {
      Tensor qkv = engine.tensor(Shape.of(1, LENGTH, 3 * WIDTH), random(LENGTH * 3 * WIDTH)).requiringGradient(true);
      Tensor y = tape.run(new Attention(qkv, tape.constant(Shape.of(1), LENGTH), HEADS));
      Tensor loss = tape.run(new Mean(tape.run(new Reshape(y, Shape.of(LENGTH * WIDTH))), List.of(0), false));
      float[] gradient = engine.toHost(tape.backward(loss).of(qkv));
      double squares = 0;
      for (float value : gradient) squares += (double) value * value;
      System.out.println(squares > 0 && Double.isFinite(squares) ? "finite" : "sum of squares " + squares);
    }
  }

  private static float[] random(int size) {
    var random = new SplittableRandom(1);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) values[i] = random.nextFloat(-1, 1);
    return values;
  }
}
