package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.EngineOptions;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.MemoryUse;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.encoder.TransformerEncoderConfig;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Training with activations in bfloat16: in much less memory nearly the same, and as reproducible.
class ReducedPrecisionTest {
  private static final float TEMPERATURE = 0.5f;

  /// About the rounding of a number, 2⁻⁹.
  private static final double SMOOTH = 0.004;

  /// What batch norm makes again from rounded numbers has other signs around zero, where ReLU passes a gradient or not: 0.023 and 0.026 were measured on this small batch, 0.007 on one of 64 pairs.
  private static final double OF_RELU = 0.04;

  @TempDir
  private Path folder;

  /// The encoders of both presets and the transformer, at a size where activations are nearly all that there is.
  enum Network {
    REFERENCE(CnnEncoderConfig.reference(2, 32, 16), OF_RELU), INVARIANT(CnnEncoderConfig.dilated(2, 32, 48),
        OF_RELU), TRANSFORMER(
            new TransformerEncoderConfig(2, 32, 16, 2, 4, 8, 4, 0), SMOOTH);

    final EncoderConfig encoder;
    final double gradientError;

    Network(EncoderConfig encoder, double gradientError) {
      this.encoder = encoder;
      this.gradientError = gradientError;
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAtLeastFortyPercentLessMemory(Network network) {
    PairedBatch batch = Examples.pairs(64, 2, 128);
    try (Engine engine = TestEngine.open(); ContrastiveModel model = ContrastiveModel.create(engine, network.encoder, 42)) {
      MemoryUse exact = memory(engine, Precision.FLOAT32, model, batch);
      MemoryUse reduced = memory(engine, Precision.BF16, model, batch);
      assertTrue(reduced.peak() <= 0.6 * exact.peak(), exact + " and " + reduced);
    }
  }

  private static MemoryUse memory(Engine engine, Precision precision, ContrastiveModel model, PairedBatch batch) {
    try (RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, precision, model, TEMPERATURE)) {
      return steps.of(batch).memory();
    }
  }

  /// Of all parameters together: those of a bias in front of a normalisation are nothing but rounding.
  @ParameterizedTest
  @EnumSource
  void theLossIsTheSameAndGradientsAreNearly(Network network) {
    PairedBatch batch = Examples.pairs(16, 2, 64);
    try (Engine engine = TestEngine.open(); ContrastiveModel model = ContrastiveModel.create(engine, network.encoder, 42)) {
      List<Float> exact = lossAndGradients(engine, Precision.FLOAT32, model, batch);
      List<Float> reduced = lossAndGradients(engine, Precision.BF16, model, batch);
      assertEquals(exact.getFirst(), reduced.getFirst());
      double error = 0;
      double norm = 0;
      for (int i = 1; i < exact.size(); i++) {
        error += Math.pow(exact.get(i) - reduced.get(i), 2);
        norm += Math.pow(exact.get(i), 2);
      }
      assertTrue(error > 0, "nothing was rounded");
      assertTrue(Math.sqrt(error / norm) < network.gradientError, "relative error of the gradient " + Math.sqrt(error / norm));
    }
  }

  private static List<Float> lossAndGradients(Engine engine, Precision precision, ContrastiveModel model, PairedBatch batch) {
    try (RecordedSteps<TrainingStep> steps = TrainingStep.of(engine, precision, model, TEMPERATURE)) {
      List<Float> numbers = new ArrayList<>();
      addAll(engine.toHost(steps.of(batch).run(batch)), numbers);
      Gradients gradients = steps.of(batch).gradients();
      for (Parameter parameter : model.parameters()) {
        Tensor gradient = gradients.of(parameter.tensor());
        if (gradient != null) addAll(engine.toHost(gradient), numbers);
      }
      return numbers;
    }
  }

  private static void addAll(float[] values, List<Float> numbers) {
    for (float value : values) numbers.add(value);
  }

  /// Both presets, the transformer with dropout, and batches in chunks.
  static Stream<TrainingConfig> configs() {
    TrainingConfig invariant = SmallRun.config(Preset.INVARIANT).withPrecision(Precision.BF16);
    return Stream.of(invariant, SmallRun.config(Preset.REFERENCE).withPrecision(Precision.BF16), invariant.withChunk(3),
        invariant.withEncoder(new EncoderOptions.Transformer(2, 2, 8, 4, 0.1f)));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void aRunIsTheSameBytesForAnyNumberOfThreadsAndWhenResumed(TrainingConfig config) throws IOException {
    Path whole = run(config, 1, folder.resolve("one"));
    SmallRun.assertSameFiles(whole, run(config, 3, folder.resolve("three")));
    Path interrupted = folder.resolve("interrupted.safetensors");
    try (Engine engine = engine(1)) {
      try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config)) {
        assertThrows(Interrupted.class, () -> session.run(interrupted, new Interruption()));
      }
      SmallRun.resume(engine, interrupted);
    }
    SmallRun.assertSameFiles(whole, interrupted);
    assertEquals(Precision.BF16, TrainingState.read(interrupted).config().precision());
  }

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Ends a run after its second epoch.
  private static final class Interruption implements TrainingListener {
    @Override
    public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
      if (epoch == 3) throw new Interrupted();
    }
  }

  private static Path run(TrainingConfig config, int threads, Path place) throws IOException {
    try (Engine engine = engine(threads)) {
      return SmallRun.train(engine, config, Files.createDirectories(place));
    }
  }

  private static Engine engine(int threads) {
    return Engine.open(EngineOptions.defaults().withThreads(threads));
  }
}
