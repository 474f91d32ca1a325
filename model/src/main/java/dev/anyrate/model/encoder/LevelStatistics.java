package dev.anyrate.model.encoder;

import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.Reshape;
import dev.anyrate.engine.ops.StatisticsOverTime;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.List;

/// The pooled embedding of any encoder: four statistics over time of every level's features, side by side.
final class LevelStatistics {
  /// How many there are of each feature.
  static final int COUNT = 4;

  /// Added to the variance under the root of a deviation, so that a constant feature has a gradient.
  private static final float DEVIATION_EPSILON = 1e-5f;

  private LevelStatistics() {}

  /// @param levels  `[B, L, H]` each
  /// @param lengths `[B]`, valid rows of each series
  /// @return `[B, 4·H·levels]`
  static Tensor of(Execution execution, List<Tensor> levels, Tensor lengths) {
    List<Tensor> statistics = levels.stream()
        .map(features -> execution.run(new StatisticsOverTime(features, lengths, DEVIATION_EPSILON))) // [B, 4, H]
        .toList();
    Tensor joined = execution.run(new Concat(statistics, 1)); // [B, 4·levels, H]
    return execution.run(new Reshape(joined, Shape.of(joined.dim(0), joined.dim(1) * joined.dim(2))));
  }
}
