package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Execution;
import dev.anyrate.engine.autograd.Gradients;
import dev.anyrate.engine.autograd.Precision;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.memory.HeapMemory;
import dev.anyrate.engine.ops.Concat;
import dev.anyrate.engine.ops.MeanSquaredError;
import dev.anyrate.engine.ops.Slice;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.encoder.EncoderConfig;
import dev.anyrate.model.encoder.TransformerEncoderConfig;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.loss.NtXentLoss;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.TestEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches in chunks: the gradient is that of the whole batch, the memory that of a chunk.
class LargeBatchTest {
  private static final float TEMPERATURE = 0.2f;
  private static final double TOLERANCE = 1e-5;

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /// Loss, gradients and running statistics after one pass.
  private record Outcome(double loss, Map<String, float[]> gradients, Map<String, float[]> weights) {
    void assertClose(Outcome other, double tolerance) {
      assertEquals(loss, other.loss, tolerance * Math.abs(loss));
      assertEquals(gradients.keySet(), other.gradients.keySet());
      gradients
          .forEach((name, gradient) -> Compare.assertClose(name, Compare.doubles(gradient), other.gradients.get(name), tolerance,
              smallestNorm(name)));
    }

    /// A bias in front of a normalisation changes nothing: its gradient is rounding, and is compared as such.
    private static double smallestNorm(String name) {
      return name.matches(".*conv\\d?\\.bias") ? 1e-3 : 1e-6;
    }
  }

  private static Outcome outcome(BiFunction<Tape, ContrastiveModel, Tensor> pass, String... frozen) {
    return outcome(Examples.model(engine, 2, EmbeddingKind.LINEAR), pass, frozen);
  }

  private static Outcome outcome(EncoderConfig encoder, BiFunction<Tape, ContrastiveModel, Tensor> pass) {
    return outcome(ContrastiveModel.create(engine, encoder, 1), pass);
  }

  /// @param fresh closed here
  private static Outcome outcome(ContrastiveModel fresh, BiFunction<Tape, ContrastiveModel, Tensor> pass, String... frozen) {
    try (ContrastiveModel model = fresh) {
      model.parameters().forEach(parameter -> parameter.setFrozen(Set.of(frozen).contains(parameter.name())));
      Map<String, float[]> gradients = new LinkedHashMap<>();
      double loss;
      try (Tape tape = engine.tape()) {
        Tensor result = pass.apply(tape, model);
        loss = engine.toHost(result)[0];
        Gradients found = tape.backward(result);
        for (Parameter parameter : model.parameters()) {
          Tensor gradient = found.of(parameter.tensor());
          if (gradient != null) gradients.put(parameter.name(), engine.toHost(gradient));
        }
      }
      Map<String, float[]> weights = new LinkedHashMap<>();
      model.state().weights().forEach((name, tensor) -> weights.put(name, engine.toHost(tensor)));
      return new Outcome(loss, gradients, weights);
    }
  }

  private static Tensor cached(ContrastiveModel model, Tape tape, PairedBatch batch, int chunk) {
    return cached(engine, model, tape, batch, chunk);
  }

  private static Tensor cached(Engine engine, ContrastiveModel model, Tape tape, PairedBatch batch, int chunk) {
    try (RecordedSteps<ProjectionStep> steps = ProjectionStep.of(engine, Precision.FLOAT32, model)) {
      return tape.run(new CachedContrastiveLoss(engine, model, steps, batch, chunk, TEMPERATURE));
    }
  }

  /// The same computation with everything remembered on one tape: the encoder sees chunks, the loss sees all.
  private static Tensor direct(ContrastiveModel model, Tape tape, PairedBatch batch, int chunk) {
    return new NtXentLoss(TEMPERATURE).of(tape, projections(model, tape, batch, chunk));
  }

  private static Tensor projections(ContrastiveModel model, Tape tape, PairedBatch batch, int chunk) {
    var chunks = new Chunks(batch.batchSize(), chunk);
    List<Tensor> views = new ArrayList<>();
    for (int i = 0; i < chunks.count(); i++) {
      Tensor rows = model.projections(tape, batch.part(chunks.start(i), chunks.size(i)));
      views.add(i, tape.run(new Slice(rows, 0, 0, chunks.size(i)))); // first views in front of all second ones
      views.add(tape.run(new Slice(rows, 0, chunks.size(i), 2 * chunks.size(i))));
    }
    return tape.run(new Concat(views, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 11})
  void cachedGradientsAreThoseOfTheModelThatNormalisesChunks(int chunk) {
    PairedBatch batch = Examples.pairs(11, 2, 50);
    Outcome direct = outcome((tape, model) -> direct(model, tape, batch, chunk));
    Outcome cached = outcome((tape, model) -> cached(model, tape, batch, chunk));
    direct.assertClose(cached, TOLERANCE);
    // running statistics are updated once for each chunk, in their order, as there
    direct.weights.forEach((name, values) -> Compare.assertSameBits(name, values, cached.weights.get(name)));
  }

  @Test
  void oneChunkIsTheWholeBatch() {
    PairedBatch batch = Examples.pairs(6, 2, 50);
    outcome((tape, model) -> model.contrastiveLoss(tape, batch, TEMPERATURE))
        .assertClose(outcome((tape, model) -> cached(model, tape, batch, 6)), TOLERANCE);
  }

  @Test
  void itIsNotTheMeanOfSmallLosses() {
    PairedBatch batch = Examples.pairs(8, 2, 50);
    double whole = outcome((tape, model) -> cached(model, tape, batch, 2)).loss;
    double small = outcome((tape, model) -> accumulated(model, tape, batch, 2,
        (execution, from, to) -> model.contrastiveLoss(execution, batch.part(from, to - from), TEMPERATURE))).loss;
    assertTrue(whole > small + 0.5, "15 others are harder to tell apart than 3: " + whole + ", " + small);
  }

  @Test
  void frozenParametersGetNoGradient() {
    PairedBatch batch = Examples.pairs(5, 2, 50);
    String frozen = "encoder.stem.conv.weight";
    Outcome cached = outcome((tape, model) -> cached(model, tape, batch, 2), frozen);
    assertTrue(!cached.gradients.containsKey(frozen) && cached.gradients.size() > 10, cached.gradients.keySet().toString());
  }

  private static Tensor accumulated(ContrastiveModel model, Tape tape, PairedBatch batch, int chunk, AccumulatedLoss.Loss loss) {
    return tape.run(new AccumulatedLoss(engine, model.parameters(), batch.batchSize(), chunk, loss));
  }

  @Test
  void accumulatedGradientsAreThoseOfTheModelThatNormalisesChunks() {
    PairedBatch batch = Examples.pairs(7, 2, 50);
    Outcome direct = outcome((tape, model) -> distanceFromZero(tape, projections(model, tape, batch, 3)));
    direct.assertClose(outcome((tape, model) -> accumulated(model, tape, batch, 3,
        (execution, from, to) -> distanceFromZero(execution, model.projections(execution, batch.part(from, to - from))))),
        TOLERANCE);
  }

  /// The transformer normalises each row by itself, so chunks do not differ from the whole batch in anything.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 100})
  void accumulatedGradientsAreThoseOfTheWholeBatch(int chunk) {
    PairedBatch batch = Examples.pairs(7, 2, 50);
    var config = TransformerEncoderConfig.reference(2, 16, 8);
    Outcome direct = outcome(config, (tape, model) -> distanceFromZero(tape, model.projections(tape, batch)));
    Outcome accumulated = outcome(config, (tape, model) -> accumulated(model, tape, batch, chunk,
        (execution, from, to) -> distanceFromZero(execution, model.projections(execution, batch.part(from, to - from)))));
    direct.assertClose(accumulated, TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "7, 0", "7, -1"})
  void emptyChunksAreRefused(int rows, int chunk) {
    String message = assertThrows(IllegalArgumentException.class,
        () -> new AccumulatedLoss(engine, List.of(), rows, chunk, (_, _, _) -> null)).getMessage();
    assertEquals("accumulated loss: " + rows + " rows in chunks of " + chunk + "; give a batch and a chunk of 1 row or more",
        message);
  }

  private static Tensor distanceFromZero(Execution execution, Tensor rows) {
    return execution.run(new MeanSquaredError(rows, execution.constant(rows.shape(), new float[rows.size()])));
  }

  @Test
  void memoryIsThatOfAChunk() {
    PairedBatch batch = Examples.pairs(64, 2, 50);
    long whole = peak((_, model, tape) -> model.contrastiveLoss(tape, batch, TEMPERATURE));
    long cached = peak((fresh, model, tape) -> cached(fresh, model, tape, batch, 4));
    assertTrue(cached < whole / 5, cached + " bytes in chunks of 4, " + whole + " with all 64 at once");
  }

  /// A forward pass on an engine of its own.
  @FunctionalInterface
  private interface Pass {
    Tensor run(Engine engine, ContrastiveModel model, Tape tape);
  }

  private static long peak(Pass pass) {
    try (Engine fresh = TestEngine.open(); ContrastiveModel model = Examples.model(fresh, 2, EmbeddingKind.LINEAR)) {
      try (Tape tape = fresh.tape()) {
        tape.backward(pass.run(fresh, model, tape));
      }
      return ((HeapMemory) fresh.kernels().memory()).peakBytesInUse();
    }
  }
}
