package dev.anyrate.model.train;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.optim.GradientClipping;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The device and the reference backend go the same way: ten steps of Adam with clipping, on series of unequal lengths.
class DeviceFollowsTest {
  private static final int STEPS = 10;

  /// Rounding of 6e-8 in each loss, enlarged over the steps: Adam makes steps of the learning rate even from rounding where a gradient is 0.
  private static final double TOLERANCE = 1e-4;

  private static final Map<String, Function<Engine, ContrastiveModel>> MODELS = Map.of("cnn",
      engine -> Examples.model(engine, 2, EmbeddingKind.LINEAR), "transformer",
      engine -> Examples.transformer(engine, 2, EmbeddingKind.LINEAR));

  @TestFactory
  Stream<DynamicTest> overTenSteps() {
    return MODELS.entrySet().stream().map(model -> DynamicTest.dynamicTest(model.getKey(), () -> {
      BackendUnderTest.require("opencl");
      float[] expected = losses("scalar", model.getValue());
      Compare.assertClose("losses", Compare.doubles(expected), losses("opencl", model.getValue()), TOLERANCE);
    }));
  }

  private static float[] losses(String backend, Function<Engine, ContrastiveModel> create) {
    PairedBatch batch = Examples.pairs(6, 2, 50);
    float[] losses = new float[STEPS];
    try (Engine engine = TestEngine.open(backend);
        ContrastiveModel model = create.apply(engine);
        var adam = Adam.adam(engine, model.parameters(), 1e-2f);
        var clipping = new GradientClipping(engine, model.parameters(), 1)) {
      for (int step = 0; step < STEPS; step++) {
        try (Tape tape = engine.tape()) {
          Tensor loss = model.contrastiveLoss(tape, batch, 0.5f);
          Gradients gradients = tape.backward(loss);
          clipping.clip(gradients);
          adam.step(gradients);
          losses[step] = engine.toHost(loss)[0];
        }
      }
    }
    return losses;
  }
}
