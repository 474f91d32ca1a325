package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.io.StoredTensor;
import dev.anyrate.model.testing.TestEngine;
import dev.anyrate.model.encoder.EncoderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A run that ended early and is resumed ends in the bytes of one that was not; what cannot be resumed is left as it is.
class ResumeTest {
  /// Of twelve steps: in the first epoch, its last, at and after the beginning of later ones, and the very last.
  private static final int[] STEPS = {2, 4, 5, 11, 12};

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

  /// Ends a run in the middle, as far as one JVM can.
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static TrainingListener atStep(int last, Runnable action) {
    return new TrainingListener() {
      @Override
      public void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {
        if ((epoch - 1) * batchesPerEpoch + batch == last) action.run();
      }

      @Override
      public void epoch(int epoch, double loss, double chance, double seconds) {}

      @Override
      public void warning(String message) {}
    };
  }

  /// Starts a run that ends after some steps; its state is that of the epoch before, and it has no model yet.
  private Path interruptedAfter(int steps, Preset preset) {
    Path checkpoint = folder.resolve("interrupted after " + steps + ".safetensors");
    TrainingListener listener = atStep(steps, () -> {
      throw new Interrupted();
    });
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(preset))) {
      assertThrows(Interrupted.class, () -> session.run(checkpoint, listener));
    }
    return checkpoint;
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatEndedAtAnyStepEndsInTheSameBytes(Preset preset) throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(preset), folder);
    for (int steps : STEPS) {
      Path checkpoint = interruptedAfter(steps, preset);
      SmallRun.resume(engine, checkpoint);
      SmallRun.assertSameFiles(whole, checkpoint);
    }
  }

  /// Long epochs are saved in their middle too.
  @ParameterizedTest
  @EnumSource
  void aRunThatWasSavedWithinAnEpochEndsInTheSameBytes(Preset preset) throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(preset), folder);
    for (int steps : STEPS) {
      Path checkpoint = folder.resolve("saved after " + steps + ".safetensors");
      try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, SmallRun.config(preset))) {
        assertThrows(Interrupted.class, () -> session.run(checkpoint, atStep(steps, () -> {
          session.save(checkpoint);
          throw new Interrupted();
        })));
        assertEquals((steps - 1) % SmallRun.BATCHES + 1, TrainingState.read(checkpoint).progress().batch());
      }
      SmallRun.resume(engine, checkpoint);
      SmallRun.assertSameFiles(whole, checkpoint);
    }
  }

  /// The transformer's dropout draws in the resumed run what it would have drawn in the unbroken one.
  @ParameterizedTest
  @EnumSource
  void aTransformerWithDropoutEndsInTheSameBytes(Preset preset) throws IOException {
    TrainingConfig config = SmallRun.config(preset).withEncoder(new EncoderOptions.Transformer(2, 2, 8, 4, 0.1f));
    Path whole = SmallRun.train(engine, config, folder);
    for (int steps : STEPS) {
      Path checkpoint = folder.resolve("transformer saved after " + steps + ".safetensors");
      try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, config)) {
        assertThrows(Interrupted.class, () -> session.run(checkpoint, atStep(steps, () -> {
          session.save(checkpoint);
          throw new Interrupted();
        })));
      }
      SmallRun.resume(engine, checkpoint);
      SmallRun.assertSameFiles(whole, checkpoint);
    }
  }

  /// A baseline is trained on its own views to the end, and does not promise the rates that it never saw.
  @Test
  void aRunWithoutRateViewsEndsInTheSameBytes() throws IOException {
    TrainingConfig config = SmallRun.config(Preset.INVARIANT);
    Path whole = Files.createDirectory(folder.resolve("whole")).resolve("model.safetensors");
    Path checkpoint = folder.resolve("interrupted.safetensors");
    try (TrainingSession session = TrainingSession.withoutRateViews(engine, SmallRun.DATA, config)) {
      session.run(whole, TrainingListener.SILENT);
      RateContract contract = session.model().contract().orElseThrow();
      assertEquals(List.of(1.0, 1.0), List.of(contract.minRate(), contract.maxRate()));
    }
    try (TrainingSession session = TrainingSession.withoutRateViews(engine, SmallRun.DATA, config)) {
      assertThrows(Interrupted.class, () -> session.run(checkpoint, atStep(6, () -> {
        session.save(checkpoint);
        throw new Interrupted();
      })));
    }
    SmallRun.resume(engine, checkpoint);
    SmallRun.assertSameFiles(whole, checkpoint);
  }

  @Test
  void aRunMayBeInterruptedAgainAndAgain() throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(Preset.INVARIANT), folder);
    Path checkpoint = interruptedAfter(5, Preset.INVARIANT);
    for (int steps : new int[] {5, 7, 9, 10}) {
      try (TrainingSession session = TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.empty())) {
        assertThrows(Interrupted.class, () -> session.run(checkpoint, atStep(steps, () -> {
          session.save(checkpoint);
          throw new Interrupted();
        })));
      }
    }
    SmallRun.resume(engine, checkpoint);
    SmallRun.assertSameFiles(whole, checkpoint);
  }

  @Test
  void otherThreadsGoOnInTheSameWay() throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(Preset.INVARIANT), folder);
    Path checkpoint = interruptedAfter(6, Preset.INVARIANT);
    try (Engine other = TestEngine.open(1)) {
      SmallRun.resume(other, checkpoint);
    }
    SmallRun.assertSameFiles(whole, checkpoint);
  }

  @Test
  void aFinishedRunIsNotChanged() throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(Preset.INVARIANT), Files.createDirectory(folder.resolve("whole")));
    Path again = SmallRun.train(engine, SmallRun.config(Preset.INVARIANT), folder);
    SmallRun.resume(engine, again);
    SmallRun.assertSameFiles(whole, again);
  }

  /// A model from before stays whole until that of the new run takes its place; where none was, there is none until then.
  @Test
  void theModelIsWrittenAtTheEnd() throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(Preset.INVARIANT), folder);
    Path checkpoint = folder.resolve("interrupted after 9.safetensors");
    Files.writeString(checkpoint, "of a run before");
    interruptedAfter(9, Preset.INVARIANT);
    assertEquals("of a run before", Files.readString(checkpoint));
    SmallRun.resume(engine, checkpoint);
    SmallRun.assertSameFiles(whole, checkpoint);

    Path without = interruptedAfter(10, Preset.INVARIANT);
    assertFalse(Files.exists(without));
    SmallRun.resume(engine, without);
    SmallRun.assertSameFiles(whole, without);
  }

  @Test
  void theStateSaysWhetherTheRunHasEnded() {
    Path checkpoint = interruptedAfter(12, Preset.REFERENCE);
    assertFalse(TrainingState.read(checkpoint).ended());
    SmallRun.resume(engine, checkpoint);
    assertTrue(TrainingState.read(checkpoint).ended());
    try (TrainingSession session = TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.of(SmallRun.EPOCHS + 1))) {
      assertThrows(Interrupted.class, () -> session.run(checkpoint, atStep(13, () -> {
        throw new Interrupted();
      })));
    }
    assertFalse(TrainingState.read(checkpoint).ended(), "it goes on");
  }

  /// As a user does who has seen enough: the epochs that are made are the last ones.
  @Test
  void aRunThatWasStoppedByHandEndsWhereItStopped() throws IOException {
    TrainingConfig plain = SmallRun.config(Preset.REFERENCE).withOptimization(Optimization.fixed(1e-2f));
    Path whole = SmallRun.train(engine, plain.withEpochs(2), folder);
    Path checkpoint = folder.resolve("stopped.safetensors");
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA, plain.withEpochs(100))) {
      assertThrows(Interrupted.class, () -> session.run(checkpoint, atStep(9, () -> {
        throw new Interrupted();
      })));
    }
    try (TrainingSession session = TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.of(2))) {
      session.run(checkpoint, TrainingListener.SILENT);
    }
    assertEquals(-1, Files.mismatch(whole, checkpoint));
    assertTrue(TrainingState.read(checkpoint).ended());
  }

  @Test
  void theRateOfTheTrainingSeriesIsKept() {
    assertEquals(0, TrainingState.read(interruptedAfter(1, Preset.REFERENCE)).rateHz().orElseThrow());
    Path checkpoint = folder.resolve("rated.safetensors");
    try (TrainingSession session = TrainingSession.start(engine, SmallRun.DATA.map(series -> series.withRateHz(44.1)),
        SmallRun.config(Preset.REFERENCE))) {
      session.save(checkpoint);
    }
    assertEquals(44.1, TrainingState.read(checkpoint).rateHz().orElseThrow());
    rewrite(TrainingState.besides(checkpoint), "rate_hz", _ -> "fast");
    String message = assertThrows(CheckpointFormatException.class, () -> TrainingState.read(checkpoint).rateHz()).getMessage();
    assertTrue(message.startsWith(TrainingState.besides(checkpoint) + ": the rate_hz in the metadata cannot be read"), message);
  }

  @Test
  void whatAKilledWriterLeftDoesNotMatter() throws IOException {
    Path whole = SmallRun.train(engine, SmallRun.config(Preset.REFERENCE), Files.createDirectory(folder.resolve("whole")));
    Path checkpoint = interruptedAfter(6, Preset.REFERENCE);
    for (Path file : new Path[] {checkpoint, TrainingState.besides(checkpoint)}) {
      Files.writeString(file.resolveSibling("." + file.getFileName() + ".tmp"), "half a file");
    }
    SmallRun.resume(engine, checkpoint);
    SmallRun.assertSameFiles(whole, checkpoint);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(checkpoint, TrainingState.besides(checkpoint)),
          files.filter(Files::isRegularFile).collect(Collectors.toSet()));
    }
  }

  /// The reference preset's rate does not depend on the total, so more epochs are the same as having asked for them at once.
  @Test
  void moreEpochsMayBeAskedFor() throws IOException {
    var config = new TrainingConfig(Preset.REFERENCE, new ModelSizes(6, 6, 6), 1, 8, 0.5f, Optimization.fixed(1e-2f), 1);
    Path whole = SmallRun.train(engine, config.withEpochs(3), Files.createDirectory(folder.resolve("whole")));
    Path checkpoint = SmallRun.train(engine, config, folder);
    try (TrainingSession session = TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.of(3))) {
      assertEquals(config.withEpochs(3), session.config());
      session.run(checkpoint, TrainingListener.SILENT);
      assertEquals(3, session.progress().losses().size());
    }
    SmallRun.assertSameFiles(whole, checkpoint);
  }

  @Test
  void fewerEpochsThanAreDoneTrainNoFurther() throws IOException {
    Path checkpoint = SmallRun.train(engine, SmallRun.config(Preset.REFERENCE), folder);
    byte[] before = Files.readAllBytes(checkpoint);
    try (TrainingSession session = TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.of(1))) {
      session.run(checkpoint, TrainingListener.SILENT);
    }
    assertArrayEquals(before, Files.readAllBytes(checkpoint));
  }

  @Test
  void otherDataIsRefused() throws IOException {
    TimeSeriesSet other = SyntheticData.create(26, 40, 1, 3, 2);
    TimeSeriesSet reordered = SmallRun.DATA.select(Stream.iterate(25, i -> i - 1).limit(26).mapToInt(i -> i).toArray());
    TimeSeriesSet fewer = SmallRun.DATA.select(0, 1, 2, 3, 4);
    for (TimeSeriesSet wrong : new TimeSeriesSet[] {other, reordered, fewer}) {
      assertRefused(
          "resume: synthetic is not the data that this run was started with; give the same --data, or leave out --resume to"
              + " start a new run",
          wrong, _ -> {});
    }
  }

  private interface Damage {
    void to(Path state) throws IOException;
  }

  /// Resuming fails with this message and touches neither file.
  private void assertRefused(String message, TimeSeriesSet data, Damage damage) throws IOException {
    Path checkpoint = interruptedAfter(6, Preset.INVARIANT);
    Path state = TrainingState.besides(checkpoint);
    damage.to(state);
    Map<Path, byte[]> before = contents();
    String actual = assertThrows(IllegalArgumentException.class,
        () -> TrainingSession.resume(engine, data, checkpoint, Optional.empty())).getMessage();
    assertTrue(actual.contains(message) && actual.lines().count() == 1, actual);
    if (data == SmallRun.DATA) assertTrue(actual.startsWith(state + ": "), actual);
    Map<Path, byte[]> after = contents();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((file, bytes) -> assertArrayEquals(bytes, after.get(file), file.toString()));
  }

  private Map<Path, byte[]> contents() throws IOException {
    Map<Path, byte[]> contents = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) contents.put(file, Files.readAllBytes(file));
    }
    return contents;
  }

  @Test
  void aMissingStateIsNamed() throws IOException {
    assertRefused("no such file", SmallRun.DATA, Files::delete);
  }

  @Test
  void aStateThatIsCutShortIsRefused() throws IOException {
    assertRefused("cut short", SmallRun.DATA, state -> Files.write(state, Arrays.copyOf(Files.readAllBytes(state), 1000)));
    assertRefused("cut short", SmallRun.DATA, state -> Files.write(state, new byte[0]));
  }

  @Test
  void aFileThatIsNoStateIsRefused() throws IOException {
    Path model = SmallRun.train(engine, SmallRun.config(Preset.REFERENCE), folder);
    assertRefused("the metadata says format anyrate-model/1, expected anyrate-training/1", SmallRun.DATA,
        state -> Files.write(state, Files.readAllBytes(model)));
  }

  @Test
  void aStateThatWasTamperedWithIsRefused() throws IOException {
    assertRefused("batch: 1; give 2 or more", SmallRun.DATA,
        state -> rewrite(state, "config", config -> config.replace("\"batch\":8", "\"batch\":1")));
    assertRefused("the progress in the metadata cannot be read", SmallRun.DATA, state -> rewrite(state, "progress", _ -> "{"));
    assertRefused("has no count of steps", SmallRun.DATA, state -> rewrite(state, "steps", _ -> "many"));
    assertRefused("training: no preset", SmallRun.DATA,
        state -> rewrite(state, "config", config -> config.replace("\"INVARIANT\"", "null")));
    assertRefused("tensor 'adam.first_moment.encoder.embed.bias' is missing", SmallRun.DATA, state -> {
      SafeTensors file = SafeTensors.read(state);
      Map<String, StoredTensor> tensors = new HashMap<>(file.tensors());
      tensors.remove("adam.first_moment.encoder.embed.bias");
      new SafeTensors(file.metadata(), tensors).write(state);
    });
  }

  /// The run would go on at another learning rate, with other moments, or do again what is done.
  @Test
  void aStateWhoseNumbersContradictEachOtherIsRefused() throws IOException {
    assertRefused("says 14 steps, but its progress is 4 batches", SmallRun.DATA, state -> rewrite(state, "steps", _ -> "14"));
    assertRefused("says -4 steps", SmallRun.DATA, state -> rewrite(state, "steps", steps -> "-" + steps));
    assertRefused("says 4 steps, but its progress is 7 batches", SmallRun.DATA,
        state -> rewrite(state, "progress", progress -> progress.replace("\"batch\":0", "\"batch\":3")));
    assertRefused("batch 0 of epoch 3 after the losses of 1 epochs", SmallRun.DATA,
        state -> rewrite(state, "progress", progress -> progress.replace("\"epoch\":2", "\"epoch\":3")));
  }

  private static void rewrite(Path state, String key, UnaryOperator<String> change) {
    SafeTensors file = SafeTensors.read(state);
    Map<String, String> metadata = new HashMap<>(file.metadata());
    String changed = change.apply(metadata.get(key));
    assertFalse(changed.equals(metadata.put(key, changed)), "nothing was changed in " + key);
    new SafeTensors(metadata, file.tensors()).write(state);
  }

  @Test
  void theStateOfACheckpointHasItsNameBesideIt() {
    assertEquals(Path.of("out", "model.training.safetensors"), TrainingState.besides(Path.of("out", "model.safetensors")));
    assertEquals(Path.of("model.training.safetensors"), TrainingState.besides(Path.of("model")));
  }

  @Test
  void aStateThatIsNoRunsIsAnErrorOfTheFormat() throws IOException {
    Path checkpoint = Files.writeString(folder.resolve("model.safetensors"), "");
    Files.writeString(TrainingState.besides(checkpoint), "hello, this is no safetensors file");
    assertThrows(CheckpointFormatException.class,
        () -> TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.empty()));
  }
}
