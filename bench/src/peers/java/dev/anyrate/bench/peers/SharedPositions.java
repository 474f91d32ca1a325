package dev.anyrate.bench.peers;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.RelativePosition;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;

/// Where patches stand in relative time, as Anyrate computes it: constants for a side that has no such operation.
public final class SharedPositions {
  private SharedPositions() {}

  /// What is added to the patches of one series.
  ///
  /// @param length of the series in samples
  /// @param stride samples from one patch to the next
  /// @return `[patches, width]`
  public static float[] values(int patches, int width, int length, int stride) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend("scalar")); Inference inference = engine.inference()) {
      Tensor zeros = inference.constant(Shape.of(1, patches, width), new float[patches * width]);
      Tensor lengths = inference.constant(Shape.of(1), length);
      return engine.toHost(inference.run(new RelativePosition(zeros, lengths, stride)));
    }
  }
}
