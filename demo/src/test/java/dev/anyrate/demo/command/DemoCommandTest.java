package dev.anyrate.demo.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.contract.Version;
import dev.anyrate.model.train.ModelSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// A demo of few series and a small model, and what it does to files that are there already.
class DemoCommandTest {
  @TempDir
  private Path folder;

  private int demo() {
    var sizes = new ModelSizes(4, 8, 8, 0, 84);
    return new CommandLine(
        new DemoCommand(20, usual -> usual.withEpochs(1).withEmbedding(sizes, EmbeddingKind.POOLED)))
        .setExecutionExceptionHandler((_, _, _) -> CommandLine.ExitCode.USAGE)
        .execute("--out", folder.toString());
  }

  /// Which the next demo may replace, as they are of one.
  @Test
  void itsResultsNameProgramAndModel() throws IOException {
    assertEquals(0, demo());
    var report = new JsonMapper().readTree(folder.resolve("report.json").toFile());
    String data = report.at("/contract/data").asText();
    assertEquals(Version.current().toString(), report.path("program").asText());
    assertFalse(data.isEmpty());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("anyrate " + Version.current()) && page.contains("data " + data), "footer");
    assertDoesNotThrow(() -> new DemoFolder(folder).requireFree());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "model.training.safetensors", "report.json", "report.html", "demo.txt"})
  void aFileOfTheUserIsNotReplaced(String name) throws IOException {
    Path own = Files.writeString(folder.resolve(name), "precious");
    String message = assertThrows(IllegalArgumentException.class, () -> new DemoFolder(folder).requireFree()).getMessage();
    assertTrue(message.contains(own + " exists and is not of a demo"), message);
    assertEquals(CommandLine.ExitCode.USAGE, demo());
    assertEquals("precious", Files.readString(own));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
