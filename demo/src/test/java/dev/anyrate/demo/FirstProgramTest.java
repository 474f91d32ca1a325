package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.demo.example.FirstProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The program that the README shows is this one, and it runs.
class FirstProgramTest {
  private static final Path SOURCE = Path.of("src/main/java/dev/anyrate/demo/example/FirstProgram.java");

  @Test
  void givesAnEmbeddingForEachSeries() {
    float[][] embeddings = FirstProgram.train(1);
    assertEquals(400, embeddings.length);
    assertEquals(64, embeddings[0].length);
  }

  @Test
  void standsInTheReadmeWordForWord() throws IOException {
    String source = Files.readString(SOURCE);
    String shown = source.substring(source.indexOf("// README begin\n") + "// README begin\n".length(),
        source.indexOf("    // README end"));
    assertTrue(Files.readString(Path.of("../README.md")).contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```"),
        "README.md must show the lines between the README marks of " + SOURCE);
  }
}
