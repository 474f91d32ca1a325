package dev.anyrate.model.optim;

/// Learning rate by step: a linear rise over the first steps, then half a cosine down to zero
/// (Loshchilov and Hutter 2017, <https://arxiv.org/abs/1608.03983>).
///
/// @param peak        learning rate at the end of the rise
/// @param warmupSteps length of the rise
/// @param totalSteps  length of the whole
public record WarmupCosine(float peak, int warmupSteps, int totalSteps) {
  public WarmupCosine {
    OptimizerChecks.learningRate(peak);
    if (warmupSteps < 0 || totalSteps < 1 || warmupSteps > totalSteps) {
      throw new IllegalArgumentException("schedule: " + warmupSteps + " warm-up steps of " + totalSteps
          + "; give a total of at least 1 and a warm-up between 0 and the total");
    }
  }

  /// @param step from 0
  /// @return learning rate of that step, above 0 for every step before the total
  public float at(int step) {
    if (step < warmupSteps) return peak * (step + 1) / warmupSteps;
    double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    return (float) (peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))));
  }
}
