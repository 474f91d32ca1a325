package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.NormKernels;
import dev.anyrate.engine.memory.Storage;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/// Batch normalisation with shortcut and ReLU over 256 series of 128 samples and 128 channels, statistics included.
public class BatchNormBenchmark extends EngineBenchmark {
  private static final int BATCH = 256;
  private static final int LENGTH = 128;
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
    return BATCH;
  }

  /// Forward reads x and shortcut and writes y; backward reads x, y and dY and writes dX and that of the shortcut. A kernel that passes twice over an operand pays for it.
  @Override
  protected Work work(int batch) {
    int passes = pass == Pass.FORWARD ? 3 : 5;
    return Work.floatsMoved((double) passes * batch * LENGTH * CHANNELS).ofSeries(batch);
  }

  @Override
  protected Call prepare(Engine engine, int batch) {
    NormKernels norm = engine.kernels().norm();
    Tensor x = Inputs.uniform(engine, 1, batch, LENGTH, CHANNELS);
    Tensor shortcut = Inputs.uniform(engine, 2, batch, LENGTH, CHANNELS);
    Tensor gamma = Inputs.uniform(engine, 3, CHANNELS);
    Tensor beta = Inputs.uniform(engine, 4, CHANNELS);
    Tensor lengths = engine.full(Shape.of(batch), LENGTH);
    Tensor y = Inputs.zeros(engine, batch, LENGTH, CHANNELS);
    Tensor mean = Inputs.zeros(engine, CHANNELS);
    Tensor variance = Inputs.zeros(engine, CHANNELS);
    Runnable forward = () -> {
      norm.channelStatistics(batch, LENGTH, CHANNELS, x.storage(), lengths.storage(), mean.storage(), variance.storage());
      norm.normalize(batch, LENGTH, CHANNELS, x.storage(), lengths.storage(), mean.storage(), variance.storage(), EPSILON,
          gamma.storage(), beta.storage(), shortcut.storage(), true, y.storage());
    };
    if (pass == Pass.FORWARD) return Call.of(engine, forward, y, mean, variance);

    forward.run();
    Storage dY = Inputs.uniform(engine, 5, batch, LENGTH, CHANNELS).storage();
    Tensor dX = Inputs.zeros(engine, batch, LENGTH, CHANNELS);
    Tensor dShortcut = Inputs.zeros(engine, batch, LENGTH, CHANNELS);
    Tensor dGamma = Inputs.zeros(engine, CHANNELS);
    Tensor dBeta = Inputs.zeros(engine, CHANNELS);
    return Call.of(engine, () -> {
      norm.normalizeBackwardParameters(batch, LENGTH, CHANNELS, x.storage(), lengths.storage(), mean.storage(),
          variance.storage(), EPSILON, true, y.storage(), dY, dGamma.storage(), dBeta.storage());
      norm.normalizeBackwardInput(batch, LENGTH, CHANNELS, x.storage(), lengths.storage(), mean.storage(), variance.storage(),
          EPSILON, gamma.storage(), true, true, y.storage(), dY, dGamma.storage(), dBeta.storage(), dX.storage(),
          dShortcut.storage());
    }, dX, dShortcut, dGamma, dBeta);
  }
}
