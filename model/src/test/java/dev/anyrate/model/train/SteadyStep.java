package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.optim.GradientClipping;
import dev.anyrate.model.testing.Examples;
import java.lang.management.ManagementFactory;

/// Trains until a step allocates next to nothing, and prints how many bytes the last ones took. A program of its own: what the compiler makes of a kernel depends on all
/// that ran through it before, and a training does not come after some hundred other tests.
final class SteadyStep {
  static final long MOST_BYTES = 1 << 10;

  private static final int STEPS = 20;
  private static final int MOST_ROUNDS = 150;

  /// The encoders of both presets, at a size that warms up in seconds.
  enum Network {
    REFERENCE(CnnEncoderConfig.reference(2, 32, 16)), INVARIANT(CnnEncoderConfig.dilated(2, 32, 48));

    final CnnEncoderConfig encoder;

    Network(CnnEncoderConfig encoder) {
      this.encoder = encoder;
    }
  }

  private SteadyStep() {}

  /// @param arguments the name of a [Network]
  public static void main(String[] arguments) {
    Network network = Network.valueOf(arguments[0]);
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    PairedBatch batch = Examples.pairs(16, 2, 50);
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend("simd").withThreads(1));
        ContrastiveModel model = ContrastiveModel.create(engine, network.encoder, 42);
        Adam adam = Adam.adamW(engine, model.parameters(), 1e-3f, 1e-4f);
        GradientClipping clipping = new GradientClipping(engine, model.parameters(), 0.5f);
        RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, Precision.FLOAT32, model, 0.5f)) {
      long bytes = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && bytes > MOST_BYTES; round++) {
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STEPS; i++) {
          TrainingStep step = steps.of(batch);
          step.run(batch);
          clipping.clip(step.gradients());
          adam.step(step.gradients());
        }
        bytes = (thread.getCurrentThreadAllocatedBytes() - before) / STEPS;
      }
      System.out.println(bytes);
    }
  }
}
