package dev.anyrate.model.evaluate.proof;

/// What guessing can reach.
///
/// @param chance share of the largest class of TEST: what an answer that is always the same gets
/// @param bound  three standard deviations of a binomial above that. The answers of one probe on many series share the luck of its TRAIN part, so the variance is
///               that of TEST and TRAIN together: `p·(1 − p)·(1/N_test + 1/N_train)`
record ChanceBound(double chance, double bound) {
  private static final double DEVIATIONS = 3;

  static ChanceBound of(int[] trainLabels, int[] testLabels, int classes) {
    int[] counts = new int[classes];
    int largest = 0;
    for (int label : testLabels) largest = Math.max(largest, ++counts[label]);
    double p = (double) largest / testLabels.length;
    double variance = p * (1 - p) * (1.0 / testLabels.length + 1.0 / trainLabels.length);
    return new ChanceBound(p, Math.min(1, p + DEVIATIONS * Math.sqrt(variance)));
  }
}
