package dev.anyrate.demo.command;

import dev.anyrate.model.io.AtomicFile;
import dev.anyrate.model.train.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Where the demo keeps its results. A note in the folder, written before all else, says that they are the demo's: without it files of these names are somebody's own.
///
/// @param folder made if it is missing
record DemoFolder(Path folder) {
  private static final String NOTE = "demo.txt";
  private static final byte[] TEXT = "Made by 'anyrate demo'. The next demo in this folder replaces model.safetensors, report.json and report.html.\n"
      .getBytes(StandardCharsets.UTF_8);

  Path checkpoint() {
    return folder.resolve("model.safetensors");
  }

  Path report() {
    return folder.resolve("report.json");
  }

  Path page() {
    return folder.resolve("report.html");
  }

  private Path note() {
    return folder.resolve(NOTE);
  }

  /// Refuses a place where nothing can be written, or where files would be lost, before the work begins.
  void requireFree() throws IOException {
    List<Path> files = List.of(note(), checkpoint(), TrainingState.besides(checkpoint()), report(), page());
    OutputFolder.requireWritable(folder, files.stream().map(file -> file.getFileName().toString()).toArray(String[]::new));
    if (Files.exists(note()) && Arrays.equals(TEXT, Files.readAllBytes(note()))) return;
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new IllegalArgumentException("--out " + folder + ": " + file + " exists and is not of a demo, as " + NOTE
            + " beside it would say; give another folder, or move it away");
      }
    }
  }

  /// Makes the folder, as one of the demo's.
  void make() throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(note(), out -> out.write(TEXT));
  }
}
