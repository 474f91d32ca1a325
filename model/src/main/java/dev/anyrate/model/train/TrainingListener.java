package dev.anyrate.model.train;

/// Is told how a run goes, on the thread that trains. By default it does not listen: override what you want to hear.
public interface TrainingListener {
  /// The state of the run is written for the first time in this session: from here on it can be resumed.
  default void begun() {}

  /// One step is done.
  ///
  /// @param epoch           from 1
  /// @param batch           from 1
  /// @param batchesPerEpoch of every epoch
  /// @param pairs           series in this step
  /// @param loss            of this step
  default void step(int epoch, int batch, int batchesPerEpoch, int pairs, double loss) {}

  /// One epoch is done.
  ///
  /// @param epoch   from 1
  /// @param loss    mean over its batches
  /// @param chance  loss of an encoder that tells nothing apart, ln(2B − 1)
  /// @param seconds since this session began to train
  default void epoch(int epoch, double loss, double chance, double seconds) {}

  /// Something the user should know, one line with its remedy.
  default void warning(String message) {}

  /// Hears nothing.
  TrainingListener SILENT = new TrainingListener() {};
}
