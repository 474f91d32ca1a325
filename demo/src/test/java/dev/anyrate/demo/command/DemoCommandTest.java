package dev.anyrate.demo.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// A demo of few series, and what it does to files that are there already.
class DemoCommandTest {
  @TempDir
  private Path folder;

  private int demo() {
    return new CommandLine(new DemoCommand(20, 1)).setExecutionExceptionHandler((_, _, _) -> CommandLine.ExitCode.USAGE)
        .execute("--out", folder.toString());
  }

  @Test
  void itsResultsMayBeReplacedByTheNext() throws IOException {
    assertEquals(0, demo());
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
