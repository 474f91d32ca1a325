package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/// NT-Xent of pairs of 64 numbers, loss and gradient.
public class NtXentBenchmark extends EngineBenchmark {
  private static final int COLUMNS = 64;
  private static final float TEMPERATURE = 0.5f;
  private static final float NORM_EPSILON = 1e-8f;

  /// Pairs in a batch. Time grows with the square.
  @Param("1024")
  public int pairs;

  @Override
  protected int batch() {
    return pairs;
  }

  /// Counted as three products with the whole matrix, as a library makes them: scores forward, and two for the gradient. Symmetry saves some of it.
  @Override
  protected Work work(int pairs) {
    return Work.flops(3 * 2.0 * (2.0 * pairs) * (2.0 * pairs) * COLUMNS);
  }

  @Override
  protected Call prepare(Engine engine, int pairs) {
    return lossAndGradient(engine, pairs, COLUMNS, TEMPERATURE);
  }

  /// Loss and gradient of random projections.
  public static Call lossAndGradient(Engine engine, int pairs, int columns, float temperature) {
    int rows = 2 * pairs;
    Storage x = Inputs.uniform(engine, 1, rows, columns).storage();
    Storage norm = Inputs.zeros(engine, rows).storage();
    Storage logSum = Inputs.zeros(engine, rows).storage();
    Storage dLoss = engine.full(Shape.of(1), 1).storage();
    Tensor loss = Inputs.zeros(engine, 1);
    Tensor dX = Inputs.zeros(engine, rows, columns);
    return Call.of(engine, () -> {
      engine.kernels().loss().ntXent(pairs, columns, temperature, NORM_EPSILON, x, norm, logSum, loss.storage());
      engine.kernels().loss().ntXentBackward(pairs, columns, temperature, NORM_EPSILON, x, norm, logSum, dLoss, dX.storage());
    }, loss, dX);
  }
}
