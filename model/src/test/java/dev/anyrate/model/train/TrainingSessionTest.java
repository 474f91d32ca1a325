package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.engine.memory.MemoryPool;
import dev.anyrate.model.ContrastiveModel;
import dev.anyrate.model.encoder.EncoderOptions;
import dev.anyrate.model.evaluate.EmbeddingHealth;
import dev.anyrate.model.layers.Parameter;
import dev.anyrate.model.loss.NtXentLoss;
import dev.anyrate.model.testing.Snapshot;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingSessionTest {
  private static Engine engine;

  @TempDir
  private Path folder;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameBytes(Preset preset) throws IOException {
    Path first = SmallRun.train(engine, SmallRun.config(preset), folder("first"));
    SmallRun.assertSameFiles(first, SmallRun.train(engine, SmallRun.config(preset), folder("second")));
  }

  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsGivesTheSameBytes(Preset preset) throws IOException {
    Path two = SmallRun.train(engine, SmallRun.config(preset), folder("two"));
    for (int threads : new int[] {1, 3}) {
      try (Engine other = TestEngine.open(threads)) {
        SmallRun.assertSameFiles(two, SmallRun.train(other, SmallRun.config(preset), folder(threads + " threads")));
      }
    }
  }

  /// So many are whitened in the space that some of their rows span.
  @Test
  void threadsDoNotChangeABitOfManyKernels() throws IOException {
    TrainingConfig config = SmallRun.config(Preset.INVARIANT, 40, 1092).withEpochs(1);
    Path two = SmallRun.train(engine, config, folder("two"));
    try (Engine other = TestEngine.open(3)) {
      SmallRun.assertSameFiles(two, SmallRun.train(other, config, folder("three")));
    }
  }

  /// With a hundred times the memory that a computer has, so that it would show if the model was built first.
  @Test
  void whatCannotFitInTheHeapIsRefusedBeforeAnythingIsBuilt() {
    TrainingConfig config = new TrainingConfig(Preset.REFERENCE, new ModelSizes(4096, 64, 64), 1, 8, 0.5f,
        Optimization.fixed(1e-3f), 1)
        .withEncoder(new EncoderOptions.Transformer(10_000, 4, 8, 4, 0));
    try (Engine fresh = TestEngine.open()) {
      String message = assertThrows(IllegalArgumentException.class, () -> TrainingSession.start(fresh, SmallRun.DATA, config))
          .getMessage();
      assertTrue(message
          .matches("batch: \\d+ pairs of \\d+ samples, with \\d{14} bytes for weights and optimiser, need about \\d{14} bytes"
              + " in training, and the heap has \\d+; give .* ANYRATE_JAVA_OPTIONS=-Xmx\\d+g"),
          message);
      assertEquals(0, ((MemoryPool) fresh.kernels().memory()).bytesAllocated());
    }
  }

  @Test
  void anotherSeedGivesAnotherModel() throws IOException {
    TrainingConfig one = SmallRun.config(Preset.INVARIANT);
    Path other = SmallRun.train(engine, one.withSeed(2), folder("two"));
    assertNotEquals(-1, Files.mismatch(SmallRun.train(engine, one, folder("one")), other));
  }

  @Test
  void aRunWithoutFilesGivesTheSameModel() throws IOException {
    TrainingConfig config = SmallRun.config(Preset.INVARIANT);
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config);
        ContrastiveModel saved = ContrastiveModel.load(engine, SmallRun.train(engine, config, folder))) {
      session.run(TrainingListener.SILENT);
      assertArrayEquals(saved.encode(SmallRun.DATA), session.model().encode(SmallRun.DATA));
    }
  }

  /// Its weights and their average have changed places: trained further, or saved, they would be taken for each other.
  @Test
  void aRunIsMadeOnce() {
    TrainingConfig plain = SmallRun.config(Preset.INVARIANT);
    TrainingConfig config = plain.withOptimization(plain.optimization().withAveraging(0.9f));
    Path checkpoint = folder.resolve("model.safetensors");
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config)) {
      session.run(checkpoint, TrainingListener.SILENT);
      float[][] embeddings = session.model().encode(SmallRun.DATA);
      for (Executable again : List.<Executable>of(() -> session.run(checkpoint, TrainingListener.SILENT),
          () -> session.run(TrainingListener.SILENT))) {
        assertTrue(assertThrows(IllegalStateException.class, again).getMessage().contains("resume"));
      }
      assertArrayEquals(embeddings, session.model().encode(SmallRun.DATA));
    }
  }

  /// As a user writes who wants to stop the run by hand.
  @Test
  void aRunMayHaveAnyNumberOfEpochs() {
    class Enough extends RuntimeException {
      private static final long serialVersionUID = 1;
    }
    var listener = new TrainingListener() {
      @Override
      public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
        if (batch == 2) throw new Enough();
      }
    };
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA,
        SmallRun.config(Preset.INVARIANT).withEpochs(Integer.MAX_VALUE))) {
      assertThrows(Enough.class, () -> session.run(listener));
    }
  }

  @Test
  void seriesOfHugeValuesAreNamedAsTheCause() {
    TimeSeriesSet huge = SmallRun.DATA.map(series -> {
      float[] values = series.channel(0).clone();
      for (int t = 0; t < values.length; t++) values[t] = Math.signum(values[t]) * 3e38f;
      return series.withChannels(values);
    });
    try (TrainingSession session = TrainingSession.start(engine, huge, SmallRun.config(Preset.REFERENCE))) {
      String message = assertThrows(TrainingStopped.class, () -> session.run(TrainingListener.SILENT)).getMessage();
      assertTrue(message.contains("values of the series"), message);
    }
  }

  @Test
  void onlyTheTwoFilesAreLeft() throws IOException {
    Path checkpoint = SmallRun.train(engine, SmallRun.config(Preset.REFERENCE), folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(checkpoint, folder.resolve("model.training.safetensors")), files.collect(Collectors.toSet()));
    }
  }

  /// Who writes something beside the run, as the command line its settings, leaves nothing of a run that cannot be resumed.
  @Test
  void theListenerHearsWhenTheRunCanBeResumed() {
    Path checkpoint = folder.resolve("model.safetensors");
    List<Progress> heard = new ArrayList<>();
    var listener = new TrainingListener() {
      @Override
      public void begun() {
        heard.add(TrainingState.read(checkpoint).progress());
      }
    };
    try (
        TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(Preset.REFERENCE).withEpochs(1))) {
      session.run(checkpoint, listener);
    }
    assertEquals(List.of(Progress.start()), heard);
  }

  @ParameterizedTest
  @EnumSource
  void theLossFalls(Preset preset) {
    TimeSeriesSet train = SyntheticData.create(64, 64, 2, 4, 1);
    var config = new TrainingConfig(preset, new ModelSizes(16, 16, 16), 14, 16, 0.5f,
        new Optimization(1e-2f, 0.1f, true, 1e-4f, 5, 0), 1);
    try (TrainingSession session = TrainingSession.start(engine, train, config)) {
      session.run(TrainingListener.SILENT);
      List<Double> losses = session.progress().losses();
      assertEquals(14, losses.size());
      assertTrue(losses.getLast() < 0.85 * losses.getFirst() && losses.getLast() < 0.85 * NtXentLoss.chance(16),
          losses.toString());
    }
  }

  @Test
  void theListenerHearsEveryStepAndEpoch() {
    List<String> heard = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    var listener = new TrainingListener() {
      @Override
      public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
        heard.add(epoch + ": " + batch + " of " + batchesPerEpoch + ", " + pairs + " pairs");
        losses.add(loss);
      }

      @Override
      public void epoch(int epoch, double loss, double chance, double seconds) {
        heard.add(epoch + " done");
        double mean = losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertEquals(mean, loss, 1e-9);
        assertTrue(chance >= NtXentLoss.chance(6) && chance <= NtXentLoss.chance(7), "chance is " + chance);
        assertTrue(seconds > 0);
        losses.clear();
      }

      @Override
      public void warning(String message) {
        heard.add(message);
      }
    };
    try (
        TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(Preset.REFERENCE).withEpochs(2))) {
      session.run(listener);
    }
    // 26 series in four batches of up to 8: as even as possible
    assertEquals(List.of("1: 1 of 4, 6 pairs", "1: 2 of 4, 7 pairs", "1: 3 of 4, 6 pairs", "1: 4 of 4, 7 pairs", "1 done",
        "2: 1 of 4, 6 pairs", "2: 2 of 4, 7 pairs", "2: 3 of 4, 6 pairs", "2: 4 of 4, 7 pairs", "2 done"), heard);
  }

  @Test
  void frozenParametersStayAsTheyAre() {
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(Preset.INVARIANT))) {
      List<Parameter> parameters = session.model().parameters();
      parameters.stream().filter(parameter -> parameter.name().startsWith("encoder."))
          .forEach(parameter -> parameter.setFrozen(true));
      Snapshot before = Snapshot.of(engine, session.model().state().tensors());
      session.run(TrainingListener.SILENT);
      Set<String> changed = before.changedIn(Snapshot.of(engine, session.model().state().tensors()));
      Set<String> learned = parameters.stream().map(Parameter::name).filter(changed::contains).collect(Collectors.toSet());
      assertEquals(Set.of("head.projection1.weight", "head.projection1.bias", "head.projection2.weight", "head.projection2.bias"),
          learned);
    }
  }

  @Test
  void aRunThatGoesAstrayStopsAndKeepsTheLastGoodState() {
    TrainingConfig astray = SmallRun.config(Preset.REFERENCE).withTemperature(Float.MIN_NORMAL);
    Path checkpoint = folder.resolve("model.safetensors");
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, astray)) {
      String message = assertThrows(TrainingStopped.class, () -> session.run(checkpoint, TrainingListener.SILENT)).getMessage();
      assertTrue(message.startsWith("training stopped in epoch 1: the ") && message.endsWith("try --temperature 0.5"), message);
    }
    assertFalse(Files.exists(checkpoint), "a model that went astray is none");
    try (TrainingSession kept = TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.empty())) {
      for (float[] row : kept.model().encode(SmallRun.DATA)) {
        for (float value : row) assertTrue(Float.isFinite(value));
      }
    }
  }

  /// Whitened embeddings, half of them of fixed kernels, hardly show it.
  @Test
  void anEncoderThatGivesEverySeriesTheSameIsToldAtTheEnd() {
    TrainingConfig usual = SmallRun.config(Preset.INVARIANT);
    ModelSizes sizes = usual.sizes();
    var withKernels = new ModelSizes(sizes.hidden(), sizes.embedding(), sizes.projection(), 0, 84);
    TrainingConfig config = new TrainingConfig(usual.preset(), withKernels, usual.epochs(), usual.batch(), usual.temperature(),
        usual.optimization(), usual.seed());
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config)) {
      session.run(TrainingListener.SILENT);
      assertEquals(Optional.empty(), session.health().warning());
    }
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config)) {
      for (Parameter parameter : session.model().parameters()) {
        if (!parameter.name().startsWith("encoder.")) continue;
        engine.write(parameter.tensor(), new float[parameter.tensor().size()]);
        parameter.setFrozen(true);
      }
      session.run(TrainingListener.SILENT);
      assertTrue(session.health().warning().orElseThrow().startsWith("collapse: "));
      float[][] whitened = session.model().encode(SmallRun.DATA);
      assertFalse(EmbeddingHealth.of(whitened).collapsed(), "the kernels tell series apart all the same");
    }
  }

  @Test
  void seriesThatAreAllAlikeStopTheRun() {
    TimeSeries flat = TimeSeries.of(new float[40]);
    TimeSeriesSet alike = TimeSeriesSet.of("alike", List.of(flat, flat, flat, flat, flat, flat));
    var config = new TrainingConfig(Preset.REFERENCE, new ModelSizes(4, 4, 4), 100, 8, 0.5f, Optimization.fixed(1e-4f), 1);
    try (TrainingSession session = TrainingSession.start(engine, alike, config)) {
      String message = assertThrows(TrainingStopped.class, () -> session.run(TrainingListener.SILENT)).getMessage();
      assertTrue(message.contains("no better than chance, ln(2B - 1) = 2.3979") && message.contains("series that are all alike"),
          message);
      assertEquals(50, session.progress().losses().size(), "epochs of one step");
    }
  }

  @Test
  void dataThatCannotBeTrainedOnIsRefused() {
    TrainingConfig config = SmallRun.config(Preset.REFERENCE);
    TimeSeriesSet gap = TimeSeriesSet.of("gap",
        List.of(TimeSeries.of(new float[] {1, Float.NaN, 2}), TimeSeries.of(new float[3])));
    String message = assertThrows(BadSeriesException.class, () -> TrainingSession.start(engine, gap, config)).getMessage();
    assertTrue(message.startsWith("gap: 1 missing value in 1 of 2 series; "), message);
    TimeSeriesSet single = SmallRun.DATA.select(0);
    message = assertThrows(BadSeriesException.class, () -> TrainingSession.start(engine, single, config)).getMessage();
    assertTrue(message.startsWith("synthetic: a single series; "), message);
  }

  @Test
  void aSetSmallerThanTheBatchIsOneBatch() {
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA.select(0, 1, 2),
        SmallRun.config(Preset.INVARIANT))) {
      assertEquals(3, session.pairsPerStep());
      session.run(TrainingListener.SILENT);
      assertEquals(SmallRun.EPOCHS, session.progress().losses().size());
    }
  }

  @Test
  void aClosedSessionLeavesNoMemoryInUse() {
    if (!(engine.kernels().memory() instanceof MemoryPool memory))
      throw new AssertionError("the memory of a backend is a pool");
    long before = memory.bytesInUse();
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(Preset.INVARIANT))) {
      session.run(TrainingListener.SILENT);
    }
    assertEquals(before, memory.bytesInUse());
  }
}
