package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `train` replaces nothing that stands there, unless the user says so, and then only by something finished.
class OverwriteTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir
  private Path folder;
  private Workplace work;
  private Path data;
  private Path model;

  @BeforeEach
  void train() {
    work = new Workplace(folder);
    data = work.dataset("Shapes", 32, 1);
    model = work.checkpoint("m.safetensors", data);
  }

  private Outcome trainUntouched(Object... more) {
    Object[] all = new Object[5 + more.length];
    System.arraycopy(new Object[] {"train", "--data", data, "--out", model}, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return work.untouchedBy(all);
  }

  @Test
  void aFinishedModelIsNotReplaced() {
    trainUntouched().refused("--out " + model + ": a checkpoint of this name exists",
        "go on with --resume " + model + ", give another name, or replace it with --overwrite");
    work.checkpoint("other.safetensors", data);
    trainUntouched("--resume", work.path("other.safetensors"), "--epochs", 2).refused("a checkpoint of this name exists");
  }

  /// Not even where the data cannot be read: nothing is read before.
  @Test
  void theRefusalComesFirst() {
    Outcome.of("train", "--data", work.path("none.ts"), "--out", model).refused("a checkpoint of this name exists");
  }

  @Test
  void theStateOfARunThatHadNotEndedIsNotReplaced() throws IOException {
    Files.delete(model);
    trainUntouched().refused("the state of a run of this name exists, " + TrainingState.besides(model));
  }

  @Test
  void settingsOfTheUserAreNotReplaced() throws IOException {
    Path settings = work.file("n.train.yaml", "epochs: 1 # enough");
    work.untouchedBy("train", "--data", data, "--out", work.path("n.safetensors")).refused(settings.toString(),
        "give it by --config");
    work.train("n.safetensors", data, "--config", settings).succeeded();
    assertEquals("epochs: 1 # enough\n", Files.readString(settings));
    work.train("n.safetensors", data, "--config", settings, "--overwrite", "--seed", 3).succeeded();
    assertEquals("epochs: 1 # enough\n", Files.readString(settings));
  }

  @Test
  void theNameOfAStateIsNoneForAModel() {
    Path state = TrainingState.besides(model);
    work.untouchedBy("train", "--data", data, "--out", state).refused("--out " + state + ": is the name of a training state");
    work.untouchedBy("train", "--data", data, "--out", state, "--overwrite").refused("is the name of a training state");
    work.untouchedBy("train", "--data", data, "--out", work.path("New.Training.safetensors")).refused("without '.training'");
  }

  @Test
  void overwrittenItIsTheNewOne() throws IOException {
    work.train("other.safetensors", data, "--seed", 7).succeeded();
    assertNotEquals(-1, Files.mismatch(model, work.path("other.safetensors")));
    work.train("m.safetensors", data, "--overwrite", "--seed", 7).succeeded();
    assertEquals(-1, Files.mismatch(model, work.path("other.safetensors")));
  }

  @Test
  void theOldModelOutlivesARunThatFails() throws IOException {
    byte[] before = Files.readAllBytes(model);
    work.train("m.safetensors", data, "--overwrite", "--temperature", "1e-30").failed("training stopped in epoch 1");
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void whereNothingIsLeftToDoNothingIsDone() throws IOException {
    Path state = TrainingState.besides(model);
    for (Path file : new Path[] {model, state}) Files.setLastModifiedTime(file, LONG_AGO);
    trainUntouched("--resume", model).succeeded().printed("has made its 1 epoch already").printed("checkpoint: " + model);
    for (Path file : new Path[] {model, state}) assertEquals(LONG_AGO, Files.getLastModifiedTime(file), file.toString());
  }

  /// As after a kill between the last epoch and the model.
  @Test
  void aModelThatIsMissingIsMade() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Files.delete(model);
    Outcome.of("train", "--data", data, "--out", model, "--resume", model).succeeded().printed("checkpoint: " + model);
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  /// The state alone knows the rate, as the model may be missing or of another run.
  @Test
  void aRunThatWasKilledKeepsTheRateOfItsTraining() throws IOException {
    work.train("m.safetensors", data, "--overwrite", "--rate-hz", 100).succeeded();
    Files.delete(model);
    Outcome.of("train", "--data", data, "--out", model, "--resume", model, "--epochs", 2).succeeded();
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", work.path("e.csv"), "--rate-hz", 100).succeeded();
  }
}
