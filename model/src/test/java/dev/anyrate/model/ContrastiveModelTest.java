package dev.anyrate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.autograd.Tape;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.ShapeMismatch;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.engine.testing.Compare;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.testing.Examples;
import dev.anyrate.model.testing.Snapshot;
import dev.anyrate.model.testing.TestEngine;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContrastiveModelTest {
  private static final float TEMPERATURE = 0.5f;
  private static final PairedBatch BATCH = Examples.pairs(6, 2, 50);

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static ContrastiveModel model() {
    return Examples.model(engine, 2, EmbeddingKind.LINEAR);
  }

  private static Snapshot state(ContrastiveModel model) {
    return Snapshot.of(engine, model.state().tensors());
  }

  @Test
  void aForwardPassInTrainingMovesTheRunningStatisticsAndNothingElse() {
    ContrastiveModel model = model();
    Snapshot before = state(model);
    try (Tape tape = engine.tape()) {
      model.contrastiveLoss(tape, BATCH, TEMPERATURE);
    }
    Set<String> statistics = model.state().tensors().keySet().stream().filter(name -> name.contains(".running_"))
        .collect(Collectors.toSet());
    assertEquals(14, statistics.size(), "seven batch normalisations of two statistics");
    assertEquals(statistics, before.changedIn(state(model)));
  }

  @Test
  void evaluationChangesNothing() {
    ContrastiveModel model = model();
    Snapshot before = state(model);
    model.encode(Examples.unequalSeries(5, 2));
    try (Inference inference = engine.inference()) {
      model.contrastiveLoss(inference, BATCH, TEMPERATURE);
    }
    try (Tape tape = engine.evaluationTape()) {
      tape.backward(model.contrastiveLoss(tape, BATCH, TEMPERATURE));
    }
    assertEquals(Set.of(), before.changedIn(state(model)));
  }

  @Test
  void trainingUsesTheStatisticsOfTheBatchAndEvaluationTheRunningOnes() {
    ContrastiveModel model = model();
    try (Tape training = engine.tape(); Inference inference = engine.inference()) {
      float inTraining = engine.toHost(model.contrastiveLoss(training, BATCH, TEMPERATURE))[0];
      float inEvaluation = engine.toHost(model.contrastiveLoss(inference, BATCH, TEMPERATURE))[0];
      assertTrue(Math.abs(inTraining - inEvaluation) > 1e-3, inTraining + " and " + inEvaluation);
    }
  }

  @Test
  void aBatchOnTheHostAndOneOnTheBackendGiveTheSameLoss() {
    ContrastiveModel model = model();
    float[] views = new float[2 * BATCH.view1().length];
    System.arraycopy(BATCH.view1(), 0, views, 0, BATCH.view1().length);
    System.arraycopy(BATCH.view2(), 0, views, BATCH.view1().length, BATCH.view2().length);
    float[] lengths = new float[12];
    for (int b = 0; b < 6; b++) {
      lengths[b] = BATCH.lengths1()[b];
      lengths[6 + b] = BATCH.lengths2()[b];
    }
    try (Tape tape = engine.tape()) {
      Tensor ofHost = model.contrastiveLoss(tape, BATCH, TEMPERATURE);
      Tensor ofBackend = model.contrastiveLoss(tape, tape.constant(Shape.of(12, 2, 50), views),
          tape.constant(Shape.of(12), lengths),
          TEMPERATURE);
      assertEquals(engine.toHost(ofHost)[0], engine.toHost(ofBackend)[0]);
    }
  }

  @Test
  void otherChannelsOrATemperatureOfZeroOrASinglePairAreRefused() {
    ContrastiveModel model = model();
    try (Tape tape = engine.tape()) {
      assertEquals(
          "encoder: series is [12, 3, 50], input channels is 2; the series must have as many channels as the model was made for",
          message(() -> model.contrastiveLoss(tape, Examples.pairs(6, 3, 50), TEMPERATURE)));
      assertEquals("temperature: 0.0; give a number above 0, such as 0.5", message(() -> model.contrastiveLoss(tape, BATCH, 0)));
      assertEquals(
          "nt-xent: projections is [2, 4]; the rows are two views of at least 2 series; with one series there is nothing to"
              + " tell it from",
          message(() -> model.contrastiveLoss(tape, Examples.pairs(1, 2, 50), TEMPERATURE)));
    }
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    var encoder = CnnEncoderConfig.reference(1, 4, 4);
    assertEquals("model: projection size is 0; give 1 or more", message(() -> new ModelConfig(encoder, 0, EmbeddingKind.LINEAR)));
    assertEquals("compact: -1; give 1 number or more, or 0 for all",
        message(() -> new ModelConfig(encoder, 4, EmbeddingKind.POOLED, -1, 0)));
    assertEquals(
        "compact: 8 numbers, but the model embeds by its linear map, whose size is chosen directly; leave compact out and give"
            + " that size (dim)",
        message(() -> new ModelConfig(encoder, 4, EmbeddingKind.LINEAR, 8, 0)));
    var narrow = CnnEncoderConfig.dilated(1, 6, 4);
    assertEquals("compact: 97 numbers, but the whole embedding has only 96; give fewer, or 0 for all",
        message(() -> new ModelConfig(narrow, 4, EmbeddingKind.POOLED, 97, 0)));
    assertEquals("compact: 181 numbers, but the whole embedding has only 180; give fewer, or 0 for all",
        message(() -> new ModelConfig(narrow, 4, EmbeddingKind.POOLED, 181, 84)));
    assertEquals("compact: 1025 numbers, but the whole embedding has only 1024; give fewer, or 0 for all",
        message(() -> new ModelConfig(narrow, 4, EmbeddingKind.POOLED, 1025, 840 * 2)));
    assertEquals("compact: 1 number of encoder and kernels; give 2 or more, or 0 kernels",
        message(() -> new ModelConfig(narrow, 4, EmbeddingKind.POOLED, 1, 84)));
    assertEquals("kernels: 85 features; give a multiple of 84, as there are as many for each kernel, or 0 for none",
        message(() -> new ModelConfig(narrow, 4, EmbeddingKind.POOLED, 0, 85)));
    assertEquals("kernels: 84 features, but the model embeds by its linear map alone; leave kernels out",
        message(() -> new ModelConfig(narrow, 4, EmbeddingKind.LINEAR, 0, 84)));
    assertEquals(
        "kernels: 84 features, but the model takes series as they are, of any length; give it a preparation, or 0 kernels",
        message(
            () -> ContrastiveModel.create(engine, new ModelConfig(narrow, 4, EmbeddingKind.POOLED, 0, 84), Optional.empty(), 1)));
    assertEquals("cnn encoder: inputChannels is 0; give 1 or more", message(() -> CnnEncoderConfig.reference(0, 4, 4)));
    assertEquals("cnn encoder: hidden is -1; give 1 or more", message(() -> CnnEncoderConfig.dilated(1, -1, 4)));
  }

  @Test
  void theFirstParametersFollowFromTheSeed() {
    Snapshot first = state(ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 4, 4), 1));
    Snapshot same = state(ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 4, 4), 1));
    Snapshot other = state(ContrastiveModel.create(engine, CnnEncoderConfig.reference(1, 4, 4), 2));
    assertEquals(Set.of(), first.changedIn(same));
    Set<String> drawn = first.values().keySet().stream()
        .filter(name -> name.matches(".*(conv\\d?|embed|projection\\d)\\.(weight|bias)"))
        .collect(Collectors.toSet());
    assertEquals(20, drawn.size(), "weights and biases of seven convolutions and three linear maps");
    assertEquals(drawn, first.changedIn(other));
  }

  @Test
  void theUntrainedModelIsTheOneThatTrainingBeganWith() {
    TimeSeriesSet series = Examples.unequalSeries(9, 2);
    ContrastiveModel trained = Examples.model(engine, 2, EmbeddingKind.POOLED);
    engine.write(trained.parameters().getFirst().tensor(), new float[trained.parameters().getFirst().tensor().size()]);
    ContrastiveModel fresh = Examples.model(engine, 2, EmbeddingKind.POOLED);
    fresh.fitScale(series);
    assertArrayEquals(fresh.encode(series), trained.untrained(series).encode(series), "not whitened, as the other is not yet");
    fresh.fitWhitening(series);
    trained.fitWhitening(series);
    assertArrayEquals(fresh.encode(series), trained.untrained(series).encode(series));
  }

  @Test
  void aClosedModelLeavesNoMemoryInUse() {
    if (!(engine.kernels().memory() instanceof MemoryPool memory))
      throw new AssertionError("the memory of a backend is a pool");
    long before = memory.bytesInUse();
    try (ContrastiveModel model = ContrastiveModel.create(engine, CnnEncoderConfig.reference(2, 4, 4), 1)) {
      model.encode(Examples.unequalSeries(4, 2));
      try (Tape tape = engine.tape()) {
        tape.backward(model.contrastiveLoss(tape, BATCH, TEMPERATURE));
      }
    }
    assertEquals(before, memory.bytesInUse());
  }

  @Test
  void viewsThatAreAllAlikeHaveTheLossOfChance() {
    ContrastiveModel model = model();
    float[] view = new float[4 * 2 * 30];
    int[] lengths = {30, 30, 30, 30};
    try (Tape tape = engine.tape()) {
      Tensor loss = model.contrastiveLoss(tape, new PairedBatch(view, lengths, view, lengths, 4, 2, 30), TEMPERATURE);
      assertEquals(Math.log(7), engine.toHost(loss)[0], 1e-5);
    }
  }

  private static String message(Runnable faulty) {
    return assertThrows(IllegalArgumentException.class, faulty::run).getMessage();
  }
}
