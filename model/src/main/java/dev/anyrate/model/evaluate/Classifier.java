package dev.anyrate.model.evaluate;

/// Tells the class of a vector, after it was fitted to labelled ones.
public interface Classifier {
  /// @param x `[N][E]`. Read.
  /// @return `[N]`, a class for each row
  int[] predict(float[][] x);

  /// Share of rows whose class is told rightly.
  ///
  /// @param x `[N][E]`. Read.
  /// @param y `[N]`, the true classes. Read.
  default double accuracy(float[][] x, int[] y) {
    EmbeddingChecks.requireSameCount("accuracy", x, y);
    int[] predicted = predict(x);
    int right = 0;
    for (int i = 0; i < y.length; i++) {
      if (predicted[i] == y[i]) right++;
    }
    return (double) right / y.length;
  }
}
