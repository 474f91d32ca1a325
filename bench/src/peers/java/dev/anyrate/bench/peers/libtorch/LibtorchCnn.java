package dev.anyrate.bench.peers.libtorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;
import dev.anyrate.model.encoder.CnnEncoderConfig;

/// The residual CNN: stem, blocks of two convolutions with a shortcut, mean over time, linear map.
final class LibtorchCnn implements LibtorchEncoder {
  private static final float MOMENTUM = 0.9f; // DJL's is the weight of the old statistics
  private static final float EPSILON = 1e-5f;

  private final CnnEncoderConfig config;
  private final LibtorchParameters parameters;
  private final boolean training;
  private final NDArray runningMean; // [H], one for all layers: in training it is not read, for encoding it is that of a fresh model
  private final NDArray runningVariance; // [H]

  LibtorchCnn(NDManager root, CnnEncoderConfig config, LibtorchParameters parameters, boolean training) {
    this.config = config;
    this.parameters = parameters;
    this.training = training;
    this.runningMean = root.zeros(new Shape(config.hidden()));
    this.runningVariance = root.ones(new Shape(config.hidden()));
  }

  @Override
  public NDArray embed(NDArray x) {
    NDArray y = Activation.relu(norm(convolution(x, "encoder.stem.conv", config.stemKernel(), 1), "encoder.stem.norm"));
    for (int i = 0; i < config.dilations().size(); i++) {
      String block = "encoder.blocks." + i;
      int dilation = config.dilations().get(i);
      NDArray inner = Activation.relu(norm(convolution(y, block + ".conv1", config.blockKernel(), dilation), block + ".norm1"));
      inner = norm(convolution(inner, block + ".conv2", config.blockKernel(), dilation), block + ".norm2");
      y = Activation.relu(inner.add(y));
    }
    return parameters.linear(y.mean(new int[] {2}), "encoder.embed", config.hidden(), config.embedding());
  }

  private NDArray convolution(NDArray x, String name, int kernel, int dilation) {
    return parameters.convolution(x, name, config.hidden(), kernel, 1, dilation * (kernel - 1) / 2, dilation);
  }

  private NDArray norm(NDArray x, String name) {
    return BatchNorm.batchNorm(x, runningMean, runningVariance, parameters.get(name + ".gamma", config.hidden()),
        parameters.get(name + ".beta", config.hidden()), 1, MOMENTUM, EPSILON, training).singletonOrThrow();
  }
}
