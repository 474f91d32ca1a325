package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A dataset as the archives lay it out: `NAME/` with `NAME_TRAIN.*` and `NAME_TEST.*`, or with `NAME.npz`.
///
/// Where a part is there in several formats, the first of [SeriesFormat]'s order is read.
///
/// @param folder `NAME/`
public record DatasetFolder(Path folder) {

  /// @throws BadSeriesException if there is no such folder, or it has no name that a dataset could have
  public DatasetFolder {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new BadSeriesException(folder + ": is a file, not the folder of a dataset; give folders NAME/ only");
    }
    if (!Files.isDirectory(folder)) throw new BadSeriesException(folder + ": no such folder; check the path");
    if (folder.toAbsolutePath().normalize().getFileName() == null) {
      throw new BadSeriesException(folder + ": the root of a file system is no dataset; give a folder NAME/ with NAME_TRAIN.*");
    }
  }

  /// The dataset's name: that of the folder.
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /// The part that models are fitted to.
  public TimeSeriesSet train() {
    return read(Split.TRAIN);
  }

  /// The part that they are judged on.
  public TimeSeriesSet test() {
    return read(Split.TEST);
  }

  /// Whether a file, existing or not, has the place and name of a part of this dataset.
  public boolean contains(Path file) {
    Path place = file.toAbsolutePath().normalize();
    if (!folder.toAbsolutePath().normalize().equals(place.getParent())) return false;
    String fileName = place.getFileName().toString();
    return Arrays.stream(SeriesFormat.values())
        .anyMatch(format -> Arrays.stream(Split.values()).anyMatch(split -> format.fileName(name(), split).equals(fileName)));
  }

  /// Either part.
  ///
  /// @throws BadSeriesException if no file holds it, or the file is wrong
  public TimeSeriesSet read(Split split) {
    Path file = file(split);
    return SeriesFormat.of(file).reader().read(file, split);
  }

  /// The file that a part is read from.
  ///
  /// @throws BadSeriesException if no file holds it
  public Path file(Split split) {
    for (SeriesFormat format : SeriesFormat.values()) {
      Path file = folder.resolve(format.fileName(name(), split));
      if (Files.exists(file)) return file;
    }
    throw new BadSeriesException(folder + ": no " + split + " part; name it " + name() + "_" + split + " with one of "
        + SeriesFormat.extensions() + " (.npz: " + name() + ".npz)");
  }
}
