package dev.anyrate.demo;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.augment.write.SeriesOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A dataset folder on disk, small enough to train on in a second.
final class SmallDataset {
  private SmallDataset() {}

  /// Writes `NAME/NAME_TRAIN.ts` and `NAME/NAME_TEST.ts`.
  static Path write(Path parent, String name, int length, int channels) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    write(folder.resolve(name + "_TRAIN.ts"), SyntheticData.create(12, length, channels, 2, 1));
    write(folder.resolve(name + "_TEST.ts"), SyntheticData.create(10, length, channels, 2, 2));
    return folder;
  }

  private static void write(Path file, TimeSeriesSet set) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      SeriesOutput.TS.write(out, set);
    }
  }
}
