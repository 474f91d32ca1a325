package dev.anyrate.engine.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Attention over 16,384 samples in a heap of 256 MiB, of which its scores alone would take 4 GiB. Some seconds of work, so `mvn verify` runs it and `mvn test` does not.
@Tag("long")
class AttentionMemoryTest {
  @Test
  void aLongSeriesFitsIntoASmallHeap() throws IOException, InterruptedException {
    Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
        "--add-modules",
        "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), LongAttention.class.getName())
        .redirectErrorStream(true).start();
    List<String> output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, program.waitFor(), () -> String.join("\n", output));
    assertEquals("finite", output.getLast());
  }
}
