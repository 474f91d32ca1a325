package dev.anyrate.engine;

import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.kernel.BackendUnavailable;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// A program of its own that [BackendFallbackTest] starts in other JVMs: it fits y = 3x and prints the weight it found.
final class FallbackProgram {
  private FallbackProgram() {}

  public static void main(String... arguments) {
    try (Engine engine = Engine.open(); Engine another = Engine.open()) {
      System.out.println("backend " + engine.report().chosen() + ", " + another.report().chosen());
      System.out.printf("weight %.3f%n", fit(engine));
    } catch (BackendUnavailable e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static float fit(Engine engine) {
    Tensor w = engine.full(Shape.of(1, 1), 0).requiringGradient(true);
    for (int step = 0; step < 50; step++) {
      try (Tape tape = engine.tape()) {
        Tensor x = tape.constant(Shape.of(3, 1), 1, 2, -1);
        Tensor y = tape.constant(Shape.of(3, 1), 3, 6, -3);
        Tensor loss = tape.run(new MeanSquaredError(tape.run(new MatMul(x, false, w, false)), y));
        Tensor dW = tape.backward(loss).of(w);
        engine.kernels().elementwise().addScaled(1, -0.1f, dW.storage(), w.storage());
      }
    }
    return engine.toHost(w)[0];
  }
}
