package dev.anyrate.model.train;

import java.util.ArrayList;
import java.util.List;

/// How far a run has come. Part of the training state.
///
/// @param epoch     the epoch that is under way, from 1
/// @param batch     batches of it that are done
/// @param epochLoss sum of the losses of those batches
/// @param losses    mean loss of every finished epoch
/// @param checkups  how the embeddings lay after some of them
/// @param said      what the [Diagnosis] has said: a resumed run does not say it again
public record Progress(int epoch, int batch, double epochLoss, List<Double> losses, List<Checkup> checkups, List<String> said) {
  /// @throws IllegalArgumentException if the numbers contradict each other
  public Progress {
    losses = List.copyOf(losses);
    if (batch < 0 || losses.size() != epoch - 1) {
      throw new IllegalArgumentException(
          "progress: batch " + batch + " of epoch " + epoch + " after the losses of " + losses.size()
              + " epochs; each finished epoch has one");
    }
    checkups = checkups == null ? List.of() : List.copyOf(checkups); // a state of version 0.1.0 has none
    said = said == null ? List.of() : List.copyOf(said); // an older state of it has none
  }

  /// Nothing done.
  public static Progress start() {
    return new Progress(1, 0, 0, List.of(), List.of(), List.of());
  }

  /// One batch further.
  Progress afterBatch(double loss) {
    return new Progress(epoch, batch + 1, epochLoss + loss, losses, checkups, said);
  }

  /// The epoch closed: its mean loss joins the list.
  Progress afterEpoch() {
    var longer = new ArrayList<>(losses);
    longer.add(epochLoss / batch);
    return new Progress(epoch + 1, 0, 0, longer, checkups, said);
  }

  /// The embeddings were looked at.
  Progress afterCheckup(Checkup checkup) {
    var longer = new ArrayList<>(checkups);
    longer.add(checkup);
    return new Progress(epoch, batch, epochLoss, losses, longer, said);
  }

  /// The diagnosis has spoken.
  Progress afterSaying(List<String> all) {
    return new Progress(epoch, batch, epochLoss, losses, checkups, all);
  }
}
