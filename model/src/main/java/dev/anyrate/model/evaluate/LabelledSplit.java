package dev.anyrate.model.evaluate;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.List;

/// TRAIN and TEST with classes that are matched by name, so that the two may come from different folders.
///
/// @param train   what probes are fitted to
/// @param test    what they are tested on
/// @param classes names of those that occur in TRAIN, in the order that gives their indices
public record LabelledSplit(TimeSeriesSet train, TimeSeriesSet test, List<String> classes) {
  /// @throws BadSeriesException if a label or a value is missing, TRAIN has one class only, TEST has a class that TRAIN lacks,
  ///                            TEST has a single series, or the channels differ
  public static LabelledSplit of(TimeSeriesSet train, TimeSeriesSet test) {
    var split = new LabelledSplit(train.requireComplete(), test.requireComplete(),
        TimeSeriesSet.of(train.name(), train.series()).classNames()); // a header may name classes of which TRAIN has no series
    split.trainLabels();
    if (split.classes.size() < 2) {
      throw new BadSeriesException(
          train.name() + ": all " + train.size() + " series of TRAIN are of class '" + split.classes.getFirst()
              + "'; a probe needs at least two classes, give more series");
    }
    split.testLabels();
    if (test.size() < 2) {
      throw new BadSeriesException(
          test.name() + ": TEST has one series; at least 2 are needed, to compare a series with another");
    }
    if (train.channels() != test.channels()) {
      throw new BadSeriesException(
          test.name() + ": TEST has " + Count.of(test.channels(), "channel") + ", TRAIN of " + train.name() + " has "
              + train.channels() + "; both must have the same");
    }
    return split;
  }

  public int[] trainLabels() {
    return train.labels(classes);
  }

  public int[] testLabels() {
    return test.labels(classes);
  }

  /// Shortest and longest series of both parts.
  public List<Integer> lengthRange() {
    return List.of(Math.min(train.minLength(), test.minLength()), Math.max(train.maxLength(), test.maxLength()));
  }
}
