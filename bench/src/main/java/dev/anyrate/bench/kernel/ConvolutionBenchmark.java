package dev.anyrate.bench.kernel;

import dev.anyrate.bench.Call;
import dev.anyrate.bench.EngineBenchmark;
import dev.anyrate.bench.Inputs;
import dev.anyrate.bench.Work;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.kernel.Conv1dGeometry;
import dev.anyrate.engine.kernel.ConvolutionKernels;
import dev.anyrate.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/// One-dimensional convolution of 256 series of 128 samples, forward and both gradients.
public class ConvolutionBenchmark extends EngineBenchmark {
  private static final int BATCH = 256;
  private static final int LENGTH = 128;

  /// The convolutions of the encoders, and one more.
  public enum Layer {
    /// Block of the reference CNN.
    BLOCK_3_TAPS(128, 128, 3, 1, 1),
    /// Blocks of the preset `invariant`, which has dilations 1, 4 and 16, and one between.
    BLOCK_5_TAPS(64, 64, 5, 1, 1),
    BLOCK_5_TAPS_DILATION_2(64, 64, 5, 1, 2),
    BLOCK_5_TAPS_DILATION_4(64, 64, 5, 1, 4),
    BLOCK_5_TAPS_DILATION_16(64, 64, 5, 1, 16),
    /// Stem of a CNN on one channel, and on six.
    STEM_1_CHANNEL(1, 128, 7, 1, 1),
    STEM_6_CHANNELS(6, 128, 7, 1, 1),
    /// Patches of the Transformer.
    PATCH(1, 128, 8, 4, 1);

    private final int in;
    private final int out;
    private final int kernel;
    private final int stride;
    private final int dilation;

    Layer(int in, int out, int kernel, int stride, int dilation) {
      this.in = in;
      this.out = out;
      this.kernel = kernel;
      this.stride = stride;
      this.dilation = dilation;
    }

    /// Sizes for a batch: padded by half of what a window sees beyond its stride, so that stride 1 keeps the length.
    public Conv1dGeometry geometry(int batch) {
      int padding = (dilation * (kernel - 1) + 1 - stride) / 2;
      return new Conv1dGeometry(batch, LENGTH, in, out, kernel, stride, padding, dilation, 1);
    }
  }

  /// Forward, and the gradients of the two operands.
  public enum Pass {
    FORWARD, BACKWARD_INPUT, BACKWARD_WEIGHT
  }

  /// Sizes.
  @Param
  public Layer layer;

  /// What is computed.
  @Param
  public Pass pass;

  @Override
  protected int batch() {
    return BATCH;
  }

  @Override
  protected Work work(int batch) {
    return Work.flops(layer.geometry(batch).flops()).ofSeries(batch);
  }

  @Override
  protected Call prepare(Engine engine, int batch) {
    return convolve(engine, layer.geometry(batch), pass);
  }

  /// One pass over random series.
  public static Call convolve(Engine engine, Conv1dGeometry geometry, Pass pass) {
    ConvolutionKernels kernels = engine.kernels().convolution();
    Tensor x = Inputs.uniform(engine, 1, geometry.batch(), geometry.length(), geometry.inChannels());
    Tensor weight = Inputs.uniform(engine, 2, geometry.outChannels(), geometry.inChannels(), geometry.kernel());
    Tensor dY = Inputs.uniform(engine, 4, geometry.batch(), geometry.outLength(), geometry.outChannels());
    return switch (pass) {
      case FORWARD -> {
        Tensor bias = Inputs.uniform(engine, 3, geometry.outChannels());
        Tensor y = Inputs.zeros(engine, dY.shape().dims());
        yield Call.of(engine, () -> kernels.conv1d(geometry, x.storage(), weight.storage(), bias.storage(), y.storage()), y);
      }
      case BACKWARD_INPUT -> {
        Tensor dX = Inputs.zeros(engine, x.shape().dims());
        yield Call.of(engine, () -> kernels.conv1dBackwardInput(geometry, dY.storage(), weight.storage(), dX.storage()), dX);
      }
      case BACKWARD_WEIGHT -> {
        Tensor dWeight = Inputs.zeros(engine, weight.shape().dims());
        yield Call.of(engine, () -> kernels.conv1dBackwardWeight(geometry, x.storage(), dY.storage(), dWeight.storage()),
            dWeight);
      }
    };
  }
}
