package dev.anyrate.augment.read;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The series of one file while it is read.
final class SeriesList {
  private final List<TimeSeries> series = new ArrayList<>();

  /// Appends a series without its padding.
  ///
  /// @param classNames that the header allows; empty: any
  /// @throws BadSeriesException if it has other channels than those before it, or a label that is not allowed
  void add(TimeSeries one, List<String> classNames) {
    if (!series.isEmpty() && one.channels() != series.getFirst().channels()) {
      throw new BadSeriesException(
          Count.of(one.channels(), "channel") + ", but the series before have " + series.getFirst().channels()
              + "; all series of a file must have the same channels");
    }
    String label = one.label().orElse(null);
    if (label != null && !classNames.isEmpty() && !classNames.contains(label)) {
      throw new BadSeriesException(
          "label '" + label + "' is none of the header's classes " + classNames + "; correct one of them");
    }
    series.add(one.withoutPadding());
  }

  /// The series as a set.
  ///
  /// @param classNames in order; empty: those of the labels
  /// @throws BadSeriesException if there is no series
  TimeSeriesSet toSet(Path file, String name, List<String> classNames) {
    if (series.isEmpty()) throw new BadSeriesException(file + ": no series; the file is empty, or holds nothing but its header");
    return classNames.isEmpty() ? TimeSeriesSet.of(name, series) : new TimeSeriesSet(name, series, classNames);
  }
}
