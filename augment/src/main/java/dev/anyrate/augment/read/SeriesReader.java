package dev.anyrate.augment.read;

import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;

/// Reads one file format.
@FunctionalInterface
interface SeriesReader {

  /// All series of a file, in file order. Gaps are NaN; rows padded at their end are shortened.
  ///
  /// @param file  to read
  /// @param split which part to take where a file holds both (`.npz`); the text formats hold one part and take no notice
  /// @throws dev.anyrate.augment.series.BadSeriesException if the file cannot be read or its content is wrong; the message names
  ///         file and line
  TimeSeriesSet read(Path file, Split split);
}
