package dev.anyrate.augment.read;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.series.BadSeriesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files written for one test, and what reading them complains of.
final class BadFile {
  private BadFile() {}

  static Path write(Path folder, String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /// Asserts one line that begins with `file:line: ` (or `file: ` where the line is 0) and holds all the words.
  static void assertComplaint(Path file, int line, String... words) {
    String message = assertThrows(BadSeriesException.class, () -> SeriesFiles.read(file)).getMessage();
    assertTrue(message.startsWith(file + (line == 0 ? ": " : ":" + line + ": ")), message);
    for (String word : words) assertTrue(message.contains(word), message);
    assertFalse(message.contains("\n"), message);
  }
}
