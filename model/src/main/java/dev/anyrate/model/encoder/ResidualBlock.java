package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.BatchNormLayer;
import dev.anyrate.model.layers.Conv1dLayer;
import dev.anyrate.model.layers.Initializer;

/// Two convolutions with a shortcut around them: ReLU(BN(conv2(ReLU(BN(conv1(x))))) + x)
/// (He et al. 2016, <https://arxiv.org/abs/1512.03385>).
record ResidualBlock(Conv1dLayer conv1, BatchNormLayer norm1, Conv1dLayer conv2, BatchNormLayer norm2) {
  static ResidualBlock create(Initializer initializer, int channels, int kernel, int dilation) {
    return new ResidualBlock(Conv1dLayer.create(initializer.scope("conv1"), channels, channels, kernel, dilation),
        BatchNormLayer.create(initializer.scope("norm1"), channels),
        Conv1dLayer.create(initializer.scope("conv2"), channels, channels, kernel, dilation),
        BatchNormLayer.create(initializer.scope("norm2"), channels));
  }

  /// @param x `[B, L, H]`, zero behind the valid samples
  /// @return likewise
  Tensor forward(Execution execution, Tensor x, Tensor lengths) {
    Tensor inner = norm1.relu(execution, conv1.of(x), lengths);
    return norm2.addRelu(execution, conv2.of(inner), lengths, x);
  }
}
