package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The main job with `--encoder transformer`: the commands are the same, and what does not fit is refused in one line.
class TransformerTest {
  @TempDir
  private Path folder;

  private Workplace work;
  private Path data;

  @BeforeEach
  void makeData() {
    work = new Workplace(folder);
    data = work.dataset("Shapes", 32, 1);
  }

  @ParameterizedTest
  @CsvSource({"invariant, 84", "reference, 0"})
  void itIsTrainedEvaluatedAndEmbeds(String preset, int kernels) throws IOException {
    work.train("model.safetensors", data, "--encoder", "transformer", "--preset", preset, "--dropout", 0.1, "--kernels", kernels)
        .succeeded();
    Path model = work.path("model.safetensors");
    Outcome.of("evaluate", "--checkpoint", model, "--data", data, "--out", work.path("report.json")).succeeded();
    assertTrue(Files.readString(work.path("report.json")).matches("(?s).*\"encoder\"\\s*:\\s*\"transformer\".*"));
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", work.path("rows.csv")).succeeded();
  }

  @Test
  void itIsResumedToTheSameBytesWithoutNamingItAgain() throws IOException {
    Object[] settings = {"--encoder", "transformer", "--heads", 2, "--dropout", 0.2, "--preset", "reference", "--kernels", 0};
    work.train("whole.safetensors", data, Stream.concat(Stream.of(settings), Stream.of("--epochs", 3)).toArray()).succeeded();
    work.train("parts.safetensors", data, settings).succeeded();
    Path parts = work.path("parts.safetensors");
    Outcome.of("train", "--data", data, "--out", parts, "--resume", parts, "--epochs", 3).succeeded();
    assertEquals(-1, Files.mismatch(work.path("whole.safetensors"), parts));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '"', value = {"--heads, 3, \"hidden is 4, which 3 heads do not divide\"",
      "--patch, 1000, \"a patch of 1000 samples is longer than the length that the preset brings all series to\"",
      "--stride, 9, \"stride is 9, patch 8\"", "--dropout, 1, dropout is 1.0", "--layers, 0, layers is 0"})
  void whatDoesNotFitIsRefused(String option, String value, String message) {
    Outcome outcome = work.untouchedBy("train", "--data", data, "--out", work.path("m.safetensors"), "--epochs", 1, "--hidden", 4,
        "--encoder", "transformer", option,
        value);
    outcome.refused(message);
  }

  @Test
  void anotherEncoderThanTheResumedRunsIsRefused() {
    Path model = work.checkpoint("cnn.safetensors", data);
    work.untouchedBy("train", "--data", data, "--out", model, "--resume", model, "--encoder", "transformer").refused("--encoder");
    assertEquals(0, Outcome.of("train", "--data", data, "--out", model, "--resume", model, "--encoder", "cnn").exitCode());
  }
}
