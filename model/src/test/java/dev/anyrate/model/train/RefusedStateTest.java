package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.io.CheckpointFormatException;
import dev.anyrate.model.io.SafeTensors;
import dev.anyrate.model.io.StoredTensor;
import dev.anyrate.model.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be resumed is refused by name, and left as it is.
class RefusedStateTest {
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
    Path checkpoint = Interrupted.after(engine, 6, Preset.INVARIANT, folder);
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
  void aRateThatIsNoNumberIsAnErrorOfTheFormat() {
    Path checkpoint = Interrupted.after(engine, 1, Preset.REFERENCE, folder);
    rewrite(TrainingState.besides(checkpoint), "rate_hz", _ -> "fast");
    String message = assertThrows(CheckpointFormatException.class, () -> TrainingState.read(checkpoint).rateHz()).getMessage();
    assertTrue(message.startsWith(TrainingState.besides(checkpoint) + ": the rate_hz in the metadata cannot be read"), message);
  }

  @Test
  void aStateThatIsNoRunsIsAnErrorOfTheFormat() throws IOException {
    Path checkpoint = Files.writeString(folder.resolve("model.safetensors"), "");
    Files.writeString(TrainingState.besides(checkpoint), "hello, this is no safetensors file");
    assertThrows(CheckpointFormatException.class,
        () -> TrainingSession.resume(engine, SmallRun.DATA, checkpoint, Optional.empty()));
  }
}
