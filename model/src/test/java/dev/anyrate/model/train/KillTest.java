package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.testing.BackendUnderTest;
import dev.anyrate.model.testing.TestEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run in a JVM of its own, killed as by `kill -9` at one moment after the other and resumed by the next, ends in the bytes of a run in peace.
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
  private static final String FASTEST_TO_START = "scalar";

  @TempDir
  private Path folder;
  @TempDir
  private Path elsewhere;

  private final List<Process> processes = new ArrayList<>();
  private Path checkpoint;
  private Path state;
  private Path whole;
  private String backend;

  private void runInPeace(String name) {
    backend = name;
    try (Engine engine = TestEngine.open(backend)) {
      whole = SmallRun.train(engine, TrainingProgram.CONFIG, elsewhere);
    }
    checkpoint = folder.resolve("model.safetensors");
    state = TrainingState.besides(checkpoint);
  }

  @AfterEach
  void leaveNoProcess() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void aRunThatIsKilledAgainAndAgainEndsInTheSameBytes() throws IOException, InterruptedException {
    runInPeace(FASTEST_TO_START);
    killInTheFirstEpoch();
    killWhenTheStateIsInTheMaking();
    for (int milliseconds : new int[] {5, 20, 35}) {
      Run run = new Run();
      run.awaitAnyStep();
      run.goPast(SmallRun.BATCHES);
      run.goOnFor(milliseconds);
      run.kill(); // wherever it is by now, within an epoch's steps or the writing at its end
    }
    finishInPeace();
  }

  /// A device has its state in memory of its own, and its driver has threads and files.
  @Test
  void aRunOnADeviceThatIsKilledEndsInTheSameBytes() throws IOException, InterruptedException {
    BackendUnderTest.require("opencl");
    runInPeace("opencl");
    killInTheFirstEpoch();
    killWhenTheStateIsInTheMaking();
    finishInPeace();
  }

  private void killInTheFirstEpoch() throws IOException, InterruptedException {
    Run run = new Run();
    run.goPast(1);
    run.awaitStep("1 2");
    run.kill(); // nothing of this epoch is saved
  }

  private void killWhenTheStateIsInTheMaking() throws IOException, InterruptedException {
    Run run = new Run();
    run.goPast(SmallRun.BATCHES);
    byte[] before = Files.readAllBytes(state);
    while (!Files.exists(temporary(state)) && Arrays.equals(before, Files.readAllBytes(state))) Thread.onSpinWait();
    run.kill();
  }

  /// A pipe in the place of the model's temporary file holds the writer up just there: all epochs are made, the model is still that of a run before.
  @Test
  void aRunThatIsKilledBeforeItsModelIsWrittenEndsInTheSameBytes() throws IOException, InterruptedException {
    runInPeace(FASTEST_TO_START);
    Files.writeString(checkpoint, "of a run before");
    makePipe(temporary(checkpoint));
    Run run = new Run();
    run.goPast(TrainingProgram.CONFIG.epochs() * SmallRun.BATCHES);
    run.awaitStep(TrainingProgram.CONFIG.epochs() + " " + SmallRun.BATCHES);
    while (TrainingState.read(checkpoint).progress().epoch() <= TrainingProgram.CONFIG.epochs()) Thread.onSpinWait();
    run.kill();
    Files.delete(temporary(checkpoint));
    assertEquals("of a run before", Files.readString(checkpoint));
    assertFalse(TrainingState.read(checkpoint).ended());
    finishInPeace();
    assertTrue(TrainingState.read(checkpoint).ended());
  }

  private void finishInPeace() throws IOException, InterruptedException {
    Run last = new Run();
    last.goPast(TrainingProgram.CONFIG.epochs() * SmallRun.BATCHES);
    last.awaitEnd();
    SmallRun.assertSameFiles(whole, checkpoint);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(checkpoint, state), files.collect(Collectors.toSet()));
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  private static void makePipe(Path place) throws InterruptedException {
    try {
      assertEquals(0, new ProcessBuilder("mkfifo", place.toString()).start().waitFor());
    } catch (IOException _) {
      assumeTrue(false, "no mkfifo on this system");
    }
  }

  /// [TrainingProgram] in a JVM of its own, which starts faster without the optimising compiler. It stops after every step until it is let past.
  private final class Run {
    private final Path complaints = elsewhere.resolve("stderr.txt");
    private final Process process;
    private final OutputStream permits;
    private final BufferedReader steps;

    Run() throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      process = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
          TrainingProgram.class.getName(), checkpoint.toString(), backend).redirectError(complaints.toFile()).start();
      processes.add(process);
      permits = process.getOutputStream();
      steps = process.inputReader();
    }

    void goPast(int count) throws IOException {
      permits.write(new byte[count]);
      permits.flush();
    }

    /// Waits until it has made this step, `epoch batch`.
    void awaitStep(String wanted) throws IOException {
      String step = awaitAnyStep();
      while (!step.equals(wanted)) step = awaitAnyStep();
    }

    String awaitAnyStep() throws IOException {
      String step = steps.readLine();
      if (step == null) throw new AssertionError("the run ended by itself: " + Files.readString(complaints));
      return step;
    }

    void goOnFor(int milliseconds) throws InterruptedException {
      process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    void kill() throws InterruptedException {
      assertNotEquals(0, process.destroyForcibly().waitFor(), "the run was over before it was killed");
    }

    void awaitEnd() throws IOException, InterruptedException {
      assertEquals(0, process.waitFor(), Files.readString(complaints));
    }
  }
}
