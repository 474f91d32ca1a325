package dev.anyrate.model.evaluate;

/// What every measure asks of its input.
public final class EmbeddingChecks {
  private EmbeddingChecks() {}

  /// @throws IllegalArgumentException if there is no row, the rows differ in length, or a value is not finite
  public static void requireFinite(String operation, float[][] rows) {
    if (rows.length == 0) throw new IllegalArgumentException(operation + ": no embeddings; give at least one");
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(operation + ": embedding 0 has " + rows[0].length + " values, embedding " + i + " has "
            + rows[i].length + "; all must have the same");
      }
      for (float value : rows[i]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(operation + ": embedding " + i + " holds " + value
              + "; the encoder has diverged, train it again with a lower learning rate");
        }
      }
    }
  }

  /// @throws IllegalArgumentException if there is not one label for each row, or no row
  public static void requireSameCount(String operation, float[][] x, int[] y) {
    if (x.length != y.length || y.length == 0) {
      throw new IllegalArgumentException(operation + ": " + x.length + " embeddings and " + y.length
          + " labels; give one label for each, and at least one");
    }
  }
}
