package dev.anyrate.model.train;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Says, while training goes on, what is likely to be wrong: one line each with the option to change, each at most once in a run, however often that is resumed.
final class Diagnosis {
  private enum Finding {
    SMALL_BATCH, LOW_TEMPERATURE, STUCK, COLLAPSED, RATE_TOLD
  }

  private static final int SMALL_BATCH = 6; // fewer than ten others
  private static final double COLLAPSED_RANK = 1.2;
  /// Share of series by which the rate is told better than at first, and better than by chance.
  private static final double RISING = 0.15;
  private static final int CHECKUPS = 4;

  /// Embeddings of fewer series span few directions, however good they are.
  private static final int LEAST_SERIES = 8;

  private final TrainingConfig config;
  private final int series;
  private final TrainingListener listener;
  private final Set<Finding> found = EnumSet.noneOf(Finding.class);

  /// @param series count of training series
  /// @param said   what was said before, see [#said]
  Diagnosis(TrainingConfig config, int series, List<String> said, TrainingListener listener) {
    this.config = config;
    this.series = series;
    this.listener = listener;
    for (Finding finding : Finding.values()) {
      if (said.contains(finding.name())) found.add(finding);
    }
  }

  /// What has been said so far.
  List<String> said() {
    return found.stream().map(Finding::name).toList();
  }

  /// What the settings alone say.
  ///
  /// @param pairs in a step
  void atStart(int pairs) {
    if (pairs < SMALL_BATCH) {
      say(Finding.SMALL_BATCH,
          "a batch of only %d pairs gives a series %d others to be told from; %s", pairs, 2 * pairs - 2,
          config.batch() < series ? "raise --batch" : "give more series");
    }
  }

  /// @param losses        mean loss of every epoch so far
  /// @param chance        loss of an encoder that tells nothing apart
  /// @param stepsPerEpoch at least 1
  void afterEpoch(List<Double> losses, double chance, int stepsPerEpoch) {
    if (config.temperature() < LossWatch.LOW_TEMPERATURE) {
      say(Finding.LOW_TEMPERATURE,
          "a temperature of %s looks at the nearest series only, and training becomes unstable; try --temperature 0.5",
          config.temperature());
    }
    int epochs = LossWatch.patience(stepsPerEpoch) / 2; // before the run is given up
    if (losses.size() < epochs) return;
    List<Double> last = losses.subList(losses.size() - epochs, losses.size());
    if (last.stream().allMatch(loss -> loss >= LossWatch.NEAR_CHANCE * chance)) {
      say(Finding.STUCK,
          "the loss %.4f is stuck at chance, ln(2B - 1) = %.4f, for %d epochs; try another --lr, a larger --batch or a --temperature of 0.5",
          last.getLast(), chance, epochs);
    }
  }

  /// Whether an epoch is one of the few after which the embeddings are looked at: the first, and the ends of the quarters.
  boolean wantsCheckup(int epoch) {
    return series >= LEAST_SERIES && isFirstOrEndsQuarter(epoch);
  }

  private boolean isFirstOrEndsQuarter(int epoch) {
    return epoch == 1 || (long) epoch * CHECKUPS / config.epochs() > (epoch - 1L) * CHECKUPS / config.epochs();
  }

  /// @param checkups so far, at least one
  void afterCheckup(List<Checkup> checkups) {
    Checkup last = checkups.getLast();
    if (last.effectiveRank() < COLLAPSED_RANK) {
      say(Finding.COLLAPSED,
          "collapse: after epoch %d the embeddings spread in %.2f directions only; lower --lr, raise --batch, or try another --temperature",
          last.epoch(), last.effectiveRank());
    }
    double told = last.rateTold();
    if (told > checkups.getFirst().rateTold() + RISING && told > Checkup.CHANCE + RISING) {
      say(Finding.RATE_TOLD,
          "the embeddings give the rate away more and more: told for %.0f %% of the series, after epoch %d for %.0f %%, chance 33 %%; %s",
          100 * told, checkups.getFirst().epoch(), 100 * checkups.getFirst().rateTold(),
          config.preset() == Preset.INVARIANT ? "train for fewer --epochs, or on more series" : "use --preset invariant");
    }
  }

  private void say(Finding finding, String text, Object... values) {
    if (found.add(finding)) listener.warning(String.format(Locale.ROOT, text, values));
  }
}
