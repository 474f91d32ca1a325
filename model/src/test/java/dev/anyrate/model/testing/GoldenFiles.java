package dev.anyrate.model.testing;

import dev.anyrate.engine.testing.golden.GoldenCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The golden cases that the engine's test fixtures bring along, or those of a folder given by `-Danyrate.golden=DIR`.
public final class GoldenFiles {
  private static final String FOLDER_PROPERTY = "anyrate.golden";

  private GoldenFiles() {}

  /// All cases of an operation; at least one, so that a test which finds nothing to test fails.
  public static List<GoldenCase> of(String operation) {
    List<GoldenCase> found = all().stream().filter(golden -> golden.operation().equals(operation)).toList();
    if (found.isEmpty()) throw new AssertionError("no golden case of '" + operation + "'");
    return found;
  }

  private static List<GoldenCase> all() {
    String given = System.getProperty(FOLDER_PROPERTY);
    if (given != null) return GoldenCase.in(Path.of(given));
    try {
      URI bundled = GoldenCase.class.getResource("/golden").toURI();
      if (bundled.getScheme().equals("file")) return GoldenCase.in(Path.of(bundled));
      try (var _ = FileSystems.newFileSystem(bundled, Map.of())) { // within the jar of the fixtures
        return GoldenCase.in(Path.of(bundled));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
