package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.MeanOverTime;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.layers.BatchNormLayer;
import dev.anyrate.model.layers.Conv1dLayer;
import dev.anyrate.model.layers.Initializer;
import dev.anyrate.model.layers.LinearLayer;
import java.util.ArrayList;
import java.util.List;

/// A residual convolutional encoder: stem convolution, batch norm, ReLU; residual blocks; pooling over time; linear map.
///
/// Every convolution keeps the length, so a level's features are `[B, L, H]` with the valid lengths of the input.
public final class CnnEncoder implements Encoder {
  private final CnnEncoderConfig config;
  private final Conv1dLayer stem;
  private final BatchNormLayer stemNorm;
  private final List<ResidualBlock> blocks;
  private final LinearLayer embed;

  CnnEncoder(CnnEncoderConfig config, Initializer initializer) {
    this.config = config;
    Initializer stemScope = initializer.scope("stem");
    this.stem = Conv1dLayer.create(stemScope.scope("conv"), config.inputChannels(), config.hidden(), config.stemKernel(), 1);
    this.stemNorm = BatchNormLayer.create(stemScope.scope("norm"), config.hidden());
    this.blocks = new ArrayList<>();
    for (int dilation : config.dilations()) {
      Initializer blockScope = initializer.scope("blocks").scope(String.valueOf(blocks.size()));
      blocks.add(ResidualBlock.create(blockScope, config.hidden(), config.blockKernel(), dilation));
    }
    this.embed = LinearLayer.create(initializer.scope("embed"), config.hidden(), config.embedding());
  }

  @Override
  public CnnEncoderConfig config() {
    return config;
  }

  @Override
  public Tensor linear(Execution execution, Tensor series, Tensor lengths) {
    Tensor features = levels(execution, series, lengths).getLast(); // [B, L, H]
    Tensor mean = execution.run(new MeanOverTime(features, lengths)); // [B, H]
    return embed.forward(execution, mean);
  }

  @Override
  public Tensor pooled(Execution execution, Tensor series, Tensor lengths) {
    return LevelStatistics.of(execution, levels(execution, series, lengths), lengths);
  }

  /// The output of the stem and of each block.
  private List<Tensor> levels(Execution execution, Tensor series, Tensor lengths) {
    var levels = new ArrayList<Tensor>();
    levels.add(stemNorm.relu(execution, stem.of(series), lengths));
    for (ResidualBlock block : blocks) levels.add(block.forward(execution, levels.getLast(), lengths));
    return levels;
  }
}
