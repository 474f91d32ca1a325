package dev.anyrate.demo;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.augment.write.SeriesOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A short run of the main commands in a folder that is deleted afterwards. The launcher runs it once after a build, while the JVM records classes and profiles for its
/// cache of compiled-ahead state (JEP 483, 515); commands then start sooner (the launcher says by how much).
final class Rehearsal {
  private static final int LENGTH = 150;
  private static final int CLASSES = 2;

  private Rehearsal() {}

  /// @param arguments none
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("anyrate-rehearsal");
    try {
      int exitCode = play(folder);
      if (exitCode != 0) System.exit(exitCode);
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }
    }
  }

  /// @return the exit code of the first command that failed, else 0
  static int play(Path folder) throws IOException {
    Path data = Files.createDirectory(folder.resolve("Small"));
    write(data.resolve("Small_TRAIN.ts"), SyntheticData.create(50, LENGTH, 1, CLASSES, 1));
    write(data.resolve("Small_TEST.ts"), SyntheticData.create(100, LENGTH, 1, CLASSES, 2));
    String checkpoint = folder.resolve("small.safetensors").toString();
    List<List<String>> commands = List.of(
        List.of("doctor"),
        List.of("train", "--data", data.toString(), "--out", checkpoint, "--epochs", "5"),
        List.of("embed", "--checkpoint", checkpoint, "--data", data.toString(), "--out", folder.resolve("small.npy").toString()),
        List.of("evaluate", "--checkpoint", checkpoint, "--data", data.toString(), "--rates", "0.5,1", "--out",
            folder.resolve("small.json").toString(), "--html", folder.resolve("small.html").toString()));
    for (List<String> command : commands) {
      int exitCode = Main.run(command.toArray(String[]::new));
      if (exitCode != 0) return exitCode;
    }
    return 0;
  }

  private static void write(Path file, TimeSeriesSet set) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      SeriesOutput.TS.write(out, set);
    }
  }
}
