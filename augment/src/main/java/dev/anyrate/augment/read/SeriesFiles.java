package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Files;
import java.nio.file.Path;

/// The door of this package: series from a file or from a dataset folder.
///
/// The arrays of a `.npz` file are taken for `[series, samples, channels]`. Nothing in the file says so: where there are far more channels than samples, look whether yours
/// are in another order.
///
/// ```java
/// TimeSeriesSet train = SeriesFiles.read(Path.of("data/GunPoint"));                    // its TRAIN part
/// TimeSeriesSet test = SeriesFiles.read(Path.of("data/GunPoint"), Split.TEST);
/// TimeSeriesSet own = SeriesFiles.read(Path.of("recordings.csv"));
/// ```
public final class SeriesFiles {
  private SeriesFiles() {}

  /// All series of a file, or the TRAIN part of a dataset folder or `.npz` file.
  ///
  /// @throws BadSeriesException one line that names file, line and remedy
  public static TimeSeriesSet read(Path path) {
    return read(path, Split.TRAIN);
  }

  /// One part of a dataset folder or `.npz` file. Any other file is one part already, and can only be read as TRAIN: taken for
  /// TEST too, it would be judged on what was learned.
  ///
  /// @throws BadSeriesException one line that names file, line and remedy
  public static TimeSeriesSet read(Path path, Split split) {
    if (Files.isDirectory(path)) return new DatasetFolder(path).read(split);
    if (Files.notExists(path)) throw new BadSeriesException(path + ": no such file or folder; check the path");
    SeriesFormat format = SeriesFormat.of(path);
    if (split == Split.TEST && !format.holdsBothSplits()) {
      throw new BadSeriesException(path + ": one file has no separate " + split + " part; give the dataset's folder");
    }
    return format.reader().read(path, split);
  }
}
