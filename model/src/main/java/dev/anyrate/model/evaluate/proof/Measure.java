package dev.anyrate.model.evaluate.proof;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The quantities of a proof.
public enum Measure {
  /// Of a probe fitted to TRAIN at the native rate.
  ACCURACY("accuracy"),
  /// Of a probe that also saw six augmented copies of TRAIN.
  PROBE_AUGMENTED("accuracy, augmented probe"),
  /// Of a probe fitted to five series of each class.
  FEW_LABELS("accuracy, 5 labels a class"),
  /// Of a probe fitted to TRAIN as that very view shows it: what is there to be found at that rate.
  REFITTED("accuracy, probe refitted at the rate"),
  /// Accuracy as a share of that at the native rate.
  RETENTION("share of the native accuracy that is kept"),
  /// Accuracy less that of the untrained encoder.
  GAIN("accuracy gained by training"),
  /// Mean cosine of a series' embeddings at this and at the native rate.
  COS_SAME("own cosine"),
  /// Mean cosine between a native embedding and that of another series at this rate.
  COS_OTHER("other cosine"),
  /// Area under the ROC curve of own against other cosines.
  AUROC("AUROC of own against other cosine"),
  /// Share of series whose nearest native embedding, after centring, is their own.
  RETRIEVAL_AT_1("retrieval@1"),
  /// Mean squared distance of a series' two embeddings on the sphere.
  ALIGNMENT("alignment"),
  /// Share of series that are nearer to themselves at this rate than to themselves stretched in time by half.
  HARD_NEGATIVE("own rate change nearer than own time stretch"),
  /// How evenly the embeddings spread over the sphere; lower is more even.
  UNIFORMITY("uniformity"),
  /// In how many directions the embeddings spread.
  EFFECTIVE_RANK("effective rank"),
  /// Numbers of the embedding that hardly ever change.
  DEAD_DIMENSIONS("dead dimensions"),
  /// Accuracy of a probe that tells the rate from the embedding.
  LEAK_RATE("rate told from the embedding"),
  /// Accuracy of a probe that tells, at the native rate, how much of a series it was given.
  LEAK_LENGTH("length told from the embedding"),
  /// Negative control: probe and test on white noise under the true labels.
  NOISE("control: pure noise"),
  /// Negative control: the probe learned from swapped labels.
  SWAPPED("control: labels swapped"),
  /// Negative control: the samples of every series in random order. What is told above chance, values tell without their order.
  SHUFFLED("control: time shuffled"),
  /// Negative control: every series is replaced by the same one, stretched to its length.
  LENGTH_ONLY("control: length only");

  private final String title;

  Measure(String title) {
    this.title = title;
  }

  /// In words, for pages.
  public String title() {
    return title;
  }

  /// As it stands in tables and requirements: `probe_augmented`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is a negative control, which has a bound of chance.
  public boolean isControl() {
    return switch (this) {
      case NOISE, SWAPPED, SHUFFLED, LENGTH_ONLY -> true;
      default -> false;
    };
  }

  /// @throws IllegalArgumentException if there is none of this name; lists all names
  public static Measure of(String id) {
    return Arrays.stream(values()).filter(measure -> measure.id().equals(id)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown measure '" + id + "'; choose one of "
            + Arrays.stream(values()).map(Measure::id).collect(Collectors.joining(", "))));
  }
}
