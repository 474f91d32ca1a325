package dev.anyrate.bench.peers.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.GradientCollector;
import dev.anyrate.bench.Call;
import dev.anyrate.bench.Inputs;
import dev.anyrate.engine.kernel.Conv1dGeometry;
import java.util.Arrays;

/// A convolution on libtorch's layout, `[B, C, L]`.
final class LibtorchConvolution {
  private final Conv1dGeometry geometry;
  private final NDManager root;
  private final NDArray x; // [B, Cin, L]
  private final NDArray weight; // [Cout, Cin, K]
  private final NDArray bias; // [Cout]
  private final NDArray dY; // [B, Cout, Lout]

  private LibtorchConvolution(NDManager root, Conv1dGeometry geometry) {
    this.geometry = geometry;
    this.root = root;
    this.x = channelsSecond(1, geometry.batch(), geometry.length(), geometry.inChannels());
    this.weight = uniform(2, geometry.outChannels(), geometry.inChannels(), geometry.kernel());
    this.bias = uniform(3, geometry.outChannels());
    this.dY = channelsSecond(4, geometry.batch(), geometry.outLength(), geometry.outChannels());
  }

  static Call forward(NDManager root, Conv1dGeometry geometry) {
    var convolution = new LibtorchConvolution(root, geometry);
    return Call.of(() -> convolution.apply(convolution.x, convolution.weight, convolution.bias).close(),
        () -> channelsLast(convolution.apply(convolution.x, convolution.weight, convolution.bias)));
  }

  /// @param inputGradient whether the gradient of the series is wanted too
  static Call forwardAndBackward(NDManager root, Conv1dGeometry geometry, boolean inputGradient) {
    var convolution = new LibtorchConvolution(root, geometry);
    float[][] result = new float[1][];
    return Call.of(() -> convolution.pass(inputGradient, null), () -> {
      convolution.pass(inputGradient, result);
      return result[0];
    });
  }

  /// @param result takes the numbers, unless null
  private void pass(boolean inputGradient, float[][] result) {
    try (NDManager scope = root.newSubManager(); GradientCollector _ = Engine.getInstance().newGradientCollector()) {
      NDArray series = inputGradient ? leaf(scope, x) : x;
      NDArray kernel = leaf(scope, weight);
      NDArray offset = leaf(scope, bias);
      NDArray y = apply(series, kernel, offset);
      y.attach(scope);
      LibtorchBackward.from(y, dY);
      if (result == null) return;
      float[][] parts = {channelsLast(y), kernel.getGradient().toFloatArray(), offset.getGradient().toFloatArray(),
          inputGradient ? channelsLast(series.getGradient()) : new float[0]};
      result[0] = joined(parts);
    }
  }

  private NDArray apply(NDArray series, NDArray kernel, NDArray offset) {
    return Conv1d.conv1d(series, kernel, offset, new Shape(geometry.stride()), new Shape(geometry.padding()),
        new Shape(geometry.dilation())).singletonOrThrow();
  }

  /// The same numbers without a gradient from the last pass, so that libtorch need not add to it.
  private static NDArray leaf(NDManager scope, NDArray array) {
    NDArray leaf = array.stopGradient();
    leaf.attach(scope);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private NDArray uniform(long seed, int... dims) {
    long[] shape = Arrays.stream(dims).asLongStream().toArray();
    return root.create(Inputs.uniform(seed, (int) new Shape(shape).size()), new Shape(shape));
  }

  private NDArray channelsSecond(long seed, int batch, int length, int channels) {
    return uniform(seed, batch, length, channels).transpose(0, 2, 1).duplicate();
  }

  private static float[] channelsLast(NDArray array) {
    return array.transpose(0, 2, 1).toFloatArray();
  }

  private static float[] joined(float[][] parts) {
    int size = 0;
    for (float[] part : parts) size += part.length;
    float[] all = new float[size];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
