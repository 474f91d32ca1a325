package dev.anyrate.demo.command;

import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.ContrastiveModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// What a user must know of a model and of the series it is tried on to judge the numbers that come of it, one line each.
final class Remarks {
  private Remarks() {}

  /// @param checkpoint of the model
  static Optional<String> unfinished(ContrastiveModel model, Path checkpoint) {
    if (model.isFinished()) return Optional.empty();
    return Optional.of("training of " + checkpoint + " had not ended: its embeddings are not whitened; go on with train --resume "
        + checkpoint);
  }

  /// The first of these sets whose series are longer or shorter than any that the model was trained for.
  static Optional<String> outside(ContrastiveModel model, TimeSeriesSet... sets) {
    return model.contract()
        .flatMap(contract -> Arrays.stream(sets).map(contract::outside).flatMap(Optional::stream).findFirst());
  }
}
