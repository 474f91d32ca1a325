package dev.anyrate.model.train;

import java.util.ArrayList;
import java.util.List;

/// How far a run has come. Part of the training state.
///
/// @param epoch     the epoch that is under way, from 1
/// @param batch     batches of it that are done
/// @param epochLoss sum of the losses of those batches
/// @param losses    mean loss of every finished epoch
public record Progress(int epoch, int batch, double epochLoss, List<Double> losses) {
  public Progress {
    losses = List.copyOf(losses);
  }

  /// Nothing done.
  public static Progress start() {
    return new Progress(1, 0, 0, List.of());
  }

  /// One batch further.
  Progress afterBatch(double loss) {
    return new Progress(epoch, batch + 1, epochLoss + loss, losses);
  }

  /// The epoch closed: its mean loss joins the list.
  Progress afterEpoch() {
    var longer = new ArrayList<>(losses);
    longer.add(epochLoss / batch);
    return new Progress(epoch + 1, 0, 0, longer);
  }
}
