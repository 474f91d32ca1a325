package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/// Layer normalisation of 8,192 rows of 128 channels: the patches of 256 series.
public class LayerNormBenchmark extends EngineBenchmark {
  private static final int ROWS = 8192;
  private static final int CHANNELS = 128;
  private static final float EPSILON = 1e-5f;

  /// Forward, and all gradients.
  public enum Pass {
    FORWARD, BACKWARD
  }

  /// What is computed.
  @Param
  public Pass pass;

  @Override
  protected int batch() {
    return ROWS;
  }

  /// Forward reads x and writes y; backward reads x and dY and writes dX.
  @Override
  protected Work work(int rows) {
    return Work.floatsMoved((pass == Pass.FORWARD ? 2.0 : 3.0) * rows * CHANNELS);
  }

  @Override
  protected Call prepare(Engine engine, int rows) {
    NormKernels norm = engine.kernels().norm();
    Storage x = Inputs.uniform(engine, 1, rows, CHANNELS).storage();
    Storage gamma = Inputs.uniform(engine, 2, CHANNELS).storage();
    Storage beta = Inputs.uniform(engine, 3, CHANNELS).storage();
    Tensor y = Inputs.zeros(engine, rows, CHANNELS);
    Tensor mean = Inputs.zeros(engine, rows);
    Tensor rstd = Inputs.zeros(engine, rows);
    Runnable forward = () -> norm.layerNorm(rows, CHANNELS, EPSILON, x, gamma, beta, mean.storage(), rstd.storage(),
        y.storage());
    if (pass == Pass.FORWARD) return Call.of(engine, forward, y, mean, rstd);

    forward.run();
    Storage dY = Inputs.uniform(engine, 4, rows, CHANNELS).storage();
    Tensor dX = Inputs.zeros(engine, rows, CHANNELS);
    Tensor dGamma = Inputs.zeros(engine, CHANNELS);
    Tensor dBeta = Inputs.zeros(engine, CHANNELS);
    return Call.of(engine, () -> {
      norm.layerNormBackward(rows, CHANNELS, x, gamma, mean.storage(), rstd.storage(), dY, dX.storage(), dGamma.storage(),
          dBeta.storage());
    }, dX, dGamma, dBeta);
  }
}
