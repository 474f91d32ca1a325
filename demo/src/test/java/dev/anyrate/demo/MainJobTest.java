package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anyrate.augment.read.SeriesFiles;
import dev.anyrate.model.contract.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job by the command line: train, evaluate, embed, resume, resample.
class MainJobTest {
  @TempDir
  private Path folder;
  private Workplace work;
  private Path data;

  @BeforeEach
  void makeData() {
    work = new Workplace(folder);
    data = work.dataset("Small", 40, 2);
  }

  private Path train(String name, Object... more) {
    Path out = folder.resolve(name);
    Object[] arguments = new Object[] {"train", "--data", data, "--out", out, "--hidden", 4, "--kernels", 84, "--seed", 7};
    Outcome.of(join(arguments, more)).worked();
    return out;
  }

  private static Object[] join(Object[] first, Object[] second) {
    Object[] all = new Object[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void everyCommandSaysOfWhichBuildItIs() {
    String build = "anyrate " + Version.current();
    Outcome.of("--version").succeeded().printed(build);
    Outcome.of("train", "--version").succeeded().printed(build);
  }

  @Test
  void helpIsInOneVoice() {
    for (String command : List.of("demo", "train", "evaluate", "prove", "benchmark", "embed", "resample", "doctor")) {
      Outcome.of(command, "--help").succeeded().printed("show this help").printed("print which build this is");
    }
    Outcome.of("--help").succeeded().printed("Shows the help of a command.");
  }

  @Test
  void sameSeedSameBytesOnAnyNumberOfThreads() throws IOException {
    byte[] first = Files.readAllBytes(train("a.safetensors", "--epochs", 2, "--threads", 1));
    assertArrayEquals(first, Files.readAllBytes(train("b.safetensors", "--epochs", 2, "--threads", 2)));
  }

  @Test
  void aFinishedRunGoesOnToANewTotal() {
    Path shorter = train("short.safetensors", "--epochs", 2);
    Outcome.of("train", "--data", data, "--out", shorter, "--resume", shorter, "--epochs", 3).worked()
        .printed("epoch 3");
    Outcome done = Outcome.of("train", "--data", data, "--out", shorter, "--resume", shorter, "--epochs", 3).worked()
        .printed("has made its 3 epochs already");
    assertFalse(done.out().stream().anyMatch(line -> line.startsWith("training on")), () -> "nothing is trained: " + done.out());
    Outcome.of("train", "--data", data, "--out", shorter, "--resume", shorter, "--seed", 8).refused("--seed 8");
  }

  @Test
  void aBatchOfMorePairsThanThereAreSeriesIsSaidToBeSmaller() {
    work.train("m.safetensors", data, "--epochs", 1, "--batch", 8192, "--chunk", 256).worked()
        .printed(", 1 epoch, batches of 18 pairs instead of 8192");
  }

  @Test
  void evaluationWritesTheReportOfTheDesign() throws IOException {
    Path report = folder.resolve("report.json");
    Path page = folder.resolve("report.html");
    Outcome.of("evaluate", "--checkpoint", train("m.safetensors", "--epochs", 1), "--data", data, "--out",
        report, "--html",
        page).worked().printed("written: " + page + " and " + report);
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    assertEquals("anyrate-report/1", json.path("format").asText());
    for (String rate : List.of("0.25", "0.5", "0.75", "1", "1.5", "2", "4")) {
      for (String key : List.of("accuracy", "probe_augmented", "cos_same", "cos_other", "retrieval_at_1")) {
        for (String protocol : List.of("whole", "window")) {
          assertTrue(json.path(protocol).path(rate).path(key).isNumber(), protocol + " " + rate + " " + key);
          assertTrue(json.path("baselines").path("untrained").path(protocol).path(rate).path(key).isNumber());
        }
      }
    }
    String build = Version.current().toString();
    String fingerprint = json.at("/contract/data").asText();
    assertEquals(build, json.path("program").asText());
    String html = Files.readString(page);
    assertTrue(html.contains("</html>") && html.contains("anyrate " + build) && html.contains("data " + fingerprint),
        "footer");
  }

  @Test
  void embeddingsAreTheSameInBothFormats() throws IOException {
    Path model = train("m.safetensors", "--epochs", 1);
    Path npy = folder.resolve("e.npy");
    Path csv = folder.resolve("e.csv");
    for (Path out : List.of(npy, csv))
      Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", out).worked();
    List<String> rows = Files.readAllLines(csv);
    assertEquals(18, rows.size());
    byte[] bytes = Files.readAllBytes(npy);
    int columns = rows.getFirst().split(",").length;
    assertEquals(0, (bytes.length - 18 * columns * Float.BYTES) % 64, "the header of a .npy file is a multiple of 64 bytes");
    var numbers = java.nio.ByteBuffer.wrap(bytes, bytes.length - 18 * columns * Float.BYTES, 18 * columns * Float.BYTES)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (String row : rows) {
      for (String value : row.split(",")) assertEquals(Float.parseFloat(value), numbers.getFloat());
    }
  }

  /// Of a folder one part is read, which one might not expect.
  @Test
  void whatWasReadIsSaid() {
    Path model = train("m.safetensors", "--epochs", 1);
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--part", "test", "--out", folder.resolve("e.csv")).worked()
        .printed("e.csv: 12 embeddings of 148 numbers (" + data + ", TEST)");
    Outcome.of("resample", "--data", data, "--rate", 2, "--out", folder.resolve("r.ts")).worked()
        .printed("r.ts: 18 series, length 80 (" + data + ", TRAIN)");
    Path file = data.resolve("Small_TEST.ts");
    Outcome.of("resample", "--data", file, "--rate", 2, "--out", folder.resolve("s.ts")).worked()
        .printed("s.ts: 12 series, length 80 (" + file + ")");
  }

  @Test
  void aCompactEmbeddingHasAsManyNumbersAsAskedFor() throws IOException {
    Path csv = folder.resolve("compact.csv");
    Path model = train("compact.safetensors", "--epochs", 1, "--compact", 5);
    Outcome.of("embed", "--checkpoint", model, "--data", data, "--out", csv).worked();
    for (String row : Files.readAllLines(csv)) assertEquals(5, row.split(",").length);
    assertTrue(Files.readString(folder.resolve("compact.train.yaml")).contains("compact: 5\n"));
  }

  @Test
  void aConstantSeriesIsCountedAndNeverGivesNaN() throws IOException {
    Path file = Files.writeString(folder.resolve("flat.csv"), "1,2,2,2,2\n1,1,3,2,5\n2,4,1,2,1\n");
    Path model = folder.resolve("flat.safetensors");
    Outcome.of("train", "--data", file, "--out", model, "--epochs", 2, "--hidden", 4, "--kernels", 84).worked()
        .warned("1 of 3 series never change");
    Path csv = folder.resolve("flat-embeddings.csv");
    Outcome.of("embed", "--checkpoint", model, "--data", file, "--out", csv).worked();
    assertFalse(Files.readString(csv).contains("NaN"));
  }

  @Test
  void resamplingKeepsSeriesAndLabels() {
    for (String method : List.of("linear", "linear-half-pixel", "cubic", "cubic-natural", "pchip", "area", "polyphase")) {
      Path out = folder.resolve(method + ".ts");
      Outcome.of("resample", "--data", data, "--rate", 0.5, "--method", method, "--out", out).worked();
      var resampled = SeriesFiles.read(out);
      assertEquals(20, resampled.maxLength());
      assertArrayEquals(SeriesFiles.read(data).labels(), resampled.labels());
    }
  }

  @Test
  void settingsComeFromAFileAndTheCommandLineWins() throws IOException {
    Path config = Files.writeString(folder.resolve("train.yaml"), "epochs: 2\nhidden: 4\nkernels: 84\n");
    Outcome.of("train", "--config", config, "--data", data, "--out", folder.resolve("c.safetensors"),
        "--epochs", 1).worked()
        .printed("epoch 1/1");
  }

  @Test
  void doctorNamesTheActiveBackend() {
    Outcome.of("doctor").succeeded().printed("active").printed("principal components");
  }
}
