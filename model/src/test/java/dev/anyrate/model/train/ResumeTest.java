package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.model.contract.RateContract;
import dev.anyrate.model.testing.TestEngine;
import dev.anyrate.model.encoder.EncoderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A run that ended early and is resumed ends in the bytes of one that was not.
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

  private Path interruptedAfter(int steps, Preset preset) {
    return Interrupted.after(engine, steps, preset, folder);
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
        assertThrows(Interrupted.class, () -> session.run(checkpoint, Interrupted.atStep(steps, () -> {
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
        assertThrows(Interrupted.class, () -> session.run(checkpoint, Interrupted.atStep(steps, () -> {
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
      assertThrows(Interrupted.class, () -> session.run(checkpoint, Interrupted.atStep(6, () -> {
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
        assertThrows(Interrupted.class, () -> session.run(checkpoint, Interrupted.atStep(steps, () -> {
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
      assertThrows(Interrupted.class, () -> session.run(checkpoint, Interrupted.atStep(13, () -> {
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
      assertThrows(Interrupted.class, () -> session.run(checkpoint, Interrupted.atStep(9, () -> {
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
  void theStateOfACheckpointHasItsNameBesideIt() {
    assertEquals(Path.of("out", "model.training.safetensors"), TrainingState.besides(Path.of("out", "model.safetensors")));
    assertEquals(Path.of("model.training.safetensors"), TrainingState.besides(Path.of("model")));
  }
}
