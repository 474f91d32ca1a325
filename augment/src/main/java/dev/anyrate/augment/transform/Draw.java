package dev.anyrate.augment.transform;

import java.util.random.RandomGenerator;

/// The draws that augmentations make, and the checks of their parameters.
final class Draw {
  private Draw() {}

  /// True with the given probability; takes one number from the generator whatever the probability.
  static boolean happens(double probability, RandomGenerator random) {
    return random.nextDouble() < probability;
  }

  /// Uniform between both ends, which may be equal.
  static double uniform(double min, double max, RandomGenerator random) {
    return min + (max - min) * random.nextDouble();
  }

  /// Uniform on a logarithmic scale: doubling is as likely as halving.
  static double logUniform(double min, double max, RandomGenerator random) {
    return Math.clamp(min * Math.pow(max / min, random.nextDouble()), min, max);
  }

  static void checkProbability(String operation, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(operation + ": probability " + probability + " must be between 0 and 1");
    }
  }

  static void checkRange(String operation, String what, double min, double max, double least, double most) {
    if (!(min >= least && max >= min && max <= most && Double.isFinite(max))) {
      throw new IllegalArgumentException(
          operation + ": " + what + " from " + min + " to " + max + "; needed is " + least + " <= min <= max"
              + (Double.isInfinite(most) ? ", both finite" : " <= " + most));
    }
  }
}
