package dev.anyrate.model.train;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// Stops a run whose loss says that it leads nowhere.
final class LossWatch {
  /// Epochs and steps in a row at or above chance before a run is given up: warm-up and early noise fit in. In a small set of much alike series, of one step an epoch, the first
  /// ten steps tell nothing.
  private static final int PATIENCE_EPOCHS = 10;
  private static final int PATIENCE_STEPS = 50;
  /// A loss at or above this share of chance tells nothing apart.
  static final double NEAR_CHANCE = 0.995;
  /// Below it a loss looks at the nearest series only.
  static final float LOW_TEMPERATURE = 0.05f;
  private static final float HIGH_LEARNING_RATE = 3e-3f;
  private static final int SMALL_BATCH = 64;

  private final float learningRate;
  private final float temperature;

  LossWatch(float learningRate, float temperature) {
    this.learningRate = learningRate;
    this.temperature = temperature;
  }

  /// @param updates      of the weights before this step
  /// @param loss         of this step
  /// @param gradientNorm of this step
  /// @throws TrainingStopped if one of them is not a finite number
  void afterStep(int epoch, int updates, double loss, double gradientNorm) {
    if (Double.isFinite(loss) && Double.isFinite(gradientNorm)) return;
    throw new TrainingStopped(String.format(Locale.ROOT,
        "training stopped in epoch %d: the %s is not a finite number; %s", epoch, Double.isFinite(loss) ? "gradient" : "loss",
        likelyCause(updates)));
  }

  private String likelyCause(int updates) {
    if (temperature < LOW_TEMPERATURE) return "a temperature of " + temperature + " is the likely cause: try --temperature 0.5";
    if (updates == 0) {
      return "no weight was changed yet, so values of the series that are too large are the likely cause: scale them, or use --preset"
          + " invariant, which does";
    }
    return "a learning rate of " + learningRate + " is the likely cause: try --lr " + tenth(learningRate);
  }

  /// In decimals, since 0.02f / 10 is printed as 0.0019999999.
  private static String tenth(float rate) {
    return new BigDecimal(Float.toString(rate)).movePointLeft(1).stripTrailingZeros().toPlainString();
  }

  /// Epochs in a row at or above chance before a run is given up.
  static int patience(int stepsPerEpoch) {
    return Math.max(PATIENCE_EPOCHS, Math.ceilDiv(PATIENCE_STEPS, stepsPerEpoch));
  }

  /// @param losses        mean loss of every epoch so far
  /// @param chance        loss of an encoder that tells nothing apart
  /// @param pairs         in a step
  /// @param stepsPerEpoch at least 1
  /// @throws TrainingStopped if the last epochs all were no better than chance
  void afterEpoch(List<Double> losses, double chance, int pairs, int stepsPerEpoch) {
    int patience = patience(stepsPerEpoch);
    if (losses.size() < patience) return;
    List<Double> last = losses.subList(losses.size() - patience, losses.size());
    if (last.stream().anyMatch(loss -> loss < NEAR_CHANCE * chance)) return;
    throw new TrainingStopped(String.format(Locale.ROOT,
        "training stopped after epoch %d: the loss %.4f is no better than chance, ln(2B - 1) = %.4f, for %d epochs; likely causes: %s",
        losses.size(), last.getLast(), chance, patience, causes(pairs)));
  }

  private String causes(int pairs) {
    var causes = new StringBuilder();
    if (learningRate >= HIGH_LEARNING_RATE) {
      causes.append("a learning rate that is too high (--lr ").append(learningRate).append("; try 0.001), ");
    }
    if (temperature > 1)
      causes.append("a temperature that is too high (--temperature ").append(temperature).append("; try 0.5), ");
    if (pairs < SMALL_BATCH)
      causes.append("a batch of only ").append(pairs).append(" pairs (--batch; 64 or more where the data allows), ");
    return causes.append("views so strongly augmented that nothing is left in common, or series that are all alike").toString();
  }
}
