package dev.anyrate.demo.command;

import dev.anyrate.augment.read.DatasetFolder;
import dev.anyrate.augment.read.Split;
import dev.anyrate.model.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/// Where a benchmark keeps its results, so that no work is done twice and results of two settings, or of data that have changed, never end in one table.
///
/// @param folder that holds everything
record BenchmarkFolder(Path folder) {
  private static final String SETTINGS = "settings.txt";
  private static final String DATA = "data.txt";

  /// Results of one training on one dataset.
  Path place(DatasetFolder set, long seed) {
    return folder.resolve(set.name()).resolve("seed-" + seed);
  }

  /// Takes these settings, or refuses them if what stands here already has others.
  ///
  /// @param settings by the names of options
  void keepTo(Map<String, Object> settings) throws IOException {
    var text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    keep(folder.resolve(SETTINGS), text.toString(), "results of other settings or of another version");
  }

  /// Takes this dataset, or refuses it if results of another one stand here under its name.
  void keepTo(DatasetFolder set) throws IOException {
    Path place = Files.createDirectories(folder.resolve(set.name()));
    var text = new StringBuilder();
    for (Split split : Split.values()) text.append(split).append(": ").append(checksum(set.file(split))).append('\n');
    keep(place.resolve(DATA), text.toString(), "results of other data under the same name");
  }

  private void keep(Path file, String text, String others) throws IOException {
    if (!Files.exists(file)) {
      AtomicFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    } else if (!Files.readString(file).equals(text)) {
      throw new IllegalArgumentException(file.getParent() + ": holds " + others + ", see " + file
          + "; give another folder with --out, or what stands in that file");
    }
  }

  private static String checksum(Path file) throws IOException {
    var checksum = new CRC32C();
    checksum.update(Files.readAllBytes(file));
    return "%d bytes, CRC-32C %08x".formatted(Files.size(file), checksum.getValue());
  }
}
