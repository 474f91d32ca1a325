package dev.anyrate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long") // trainings of the usual size
class RehearsalTest {
  @Test
  void everyCommandOfItSucceeds(@TempDir Path folder) throws Exception {
    assertEquals(0, Rehearsal.play(folder));
  }
}
