package dev.anyrate.model.optim;

/// The rules that all optimisers have for their numbers.
final class OptimizerChecks {
  private OptimizerChecks() {}

  static float learningRate(float value) {
    if (!(value >= 0) || Float.isInfinite(value)) {
      throw new IllegalArgumentException("learning rate: " + value + "; give a number of 0 or more, such as 0.001");
    }
    return value;
  }

  static float decay(float value) {
    if (!(value >= 0) || Float.isInfinite(value)) {
      throw new IllegalArgumentException("weight decay: " + value + "; give a number of 0 or more, such as 0.0001");
    }
    return value;
  }
}
