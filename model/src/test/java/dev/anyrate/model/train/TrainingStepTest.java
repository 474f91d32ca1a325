package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.optim.Adam;
import dev.anyrate.model.optim.GradientClipping;
import dev.anyrate.model.optim.Optimizer;
import dev.anyrate.model.testing.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingStepTest {
  private static final float TEMPERATURE = 0.5f;
  private static final float CLIP = 0.5f;
  /// Batches of two shapes in turn, as an epoch has them.
  private static final List<PairedBatch> BATCHES = List.of(Examples.pairs(6, 2, 50), Examples.pairs(5, 2, 50),
      Examples.pairs(6, 2, 50));

  /// A step that runs on a tape.
  private static double onTape(Engine engine, ContrastiveModel model, Optimizer optimizer, GradientClipping clipping,
      PairedBatch batch) {
    try (Tape tape = engine.tape()) {
      Tensor loss = model.contrastiveLoss(tape, batch, TEMPERATURE);
      Gradients gradients = tape.backward(loss);
      clipping.clip(gradients);
      optimizer.step(gradients);
      return engine.toHost(loss)[0];
    }
  }

  private static double recorded(Engine engine, RecordedSteps<TrainingStep> steps, Optimizer optimizer, GradientClipping clipping,
      PairedBatch batch) {
    TrainingStep step = steps.of(batch);
    Tensor loss = step.run(batch);
    clipping.clip(step.gradients());
    optimizer.step(step.gradients());
    return engine.toHost(loss)[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd"})
  void trainsToTheSameBitsAsATape(String backend) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withBackend(backend).withThreads(2));
        ContrastiveModel expected = Examples.model(engine, 2, EmbeddingKind.LINEAR);
        ContrastiveModel actual = Examples.model(engine, 2, EmbeddingKind.LINEAR);
        Adam expectedAdam = Adam.adam(engine, expected.parameters(), 1e-2f);
        Adam actualAdam = Adam.adam(engine, actual.parameters(), 1e-2f);
        GradientClipping expectedClipping = new GradientClipping(engine, expected.parameters(), CLIP);
        GradientClipping actualClipping = new GradientClipping(engine, actual.parameters(), CLIP);
        RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, Precision.FLOAT32, actual, TEMPERATURE)) {
      for (int round = 0; round < 2; round++) {
        for (PairedBatch batch : BATCHES) {
          assertEquals(onTape(engine, expected, expectedAdam, expectedClipping, batch),
              recorded(engine, steps, actualAdam, actualClipping, batch));
        }
      }
      // Parameters, and the running statistics of batch normalisation.
      expected.state().tensors().forEach((name, tensor) -> assertArrayEquals(engine.toHost(tensor),
          engine.toHost(actual.state().tensors().get(name)), name));
    }
  }

  @Test
  void batchesOfOneShapeShareAStep() {
    try (Engine engine = Engine.open();
        ContrastiveModel model = Examples.model(engine, 2, EmbeddingKind.LINEAR);
        RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, Precision.FLOAT32, model, TEMPERATURE)) {
      TrainingStep six = steps.of(BATCHES.get(0));
      TrainingStep five = steps.of(BATCHES.get(1));
      assertSame(six, steps.of(BATCHES.get(2)));
      assertSame(five, steps.of(BATCHES.get(1)));
    }
  }

  @Test
  void aParameterThatIsFrozenLaterGetsNoGradientFromThen() {
    try (Engine engine = Engine.open();
        ContrastiveModel model = Examples.model(engine, 2, EmbeddingKind.LINEAR);
        RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, Precision.FLOAT32, model, TEMPERATURE)) {
      PairedBatch batch = BATCHES.getFirst();
      Parameter stem = model.parameters().getFirst();
      steps.of(batch).run(batch);
      assertEquals(stem.tensor().shape(), steps.of(batch).gradients().of(stem.tensor()).shape());
      stem.setFrozen(true);
      steps.of(batch).run(batch);
      assertNull(steps.of(batch).gradients().of(stem.tensor()));
    }
  }

  /// Bytes that the caller allocates in a step, once the compiler has done its work: before, each vector is an object.
  @Tag("long")
  @ParameterizedTest
  @EnumSource(SteadyStep.Network.class)
  void allocatesNextToNothing(SteadyStep.Network network) throws IOException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), SteadyStep.class.getName(),
        network.name()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var out = process.inputReader()) {
      String bytes = out.readLine();
      assertTrue(bytes != null && Long.parseLong(bytes) <= SteadyStep.MOST_BYTES, bytes + " bytes a step");
    } finally {
      process.destroy();
    }
  }

  @ParameterizedTest
  @EnumSource(SteadyStep.Network.class)
  void needsLittleMoreMemoryThanItsActivations(SteadyStep.Network network) {
    try (Engine engine = Engine.open();
        ContrastiveModel model = ContrastiveModel.create(engine, network.encoder, 42);
        RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, Precision.FLOAT32, model, TEMPERATURE)) {
      MemoryUse use = steps.of(Examples.pairs(64, 2, 128)).memory();
      long hidden = 128L * 128 * 32 * Float.BYTES; // an activation [2B, L, H]
      assertTrue(use.activations() > 14 * hidden, use::toString); // stem and three blocks: 7 convolutions and norms
      assertTrue(use.ratio() > 1 && use.ratio() < 1.5, use::toString);
    }
  }
}
