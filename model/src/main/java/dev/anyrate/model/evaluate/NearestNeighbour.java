package dev.anyrate.model.evaluate;

/// Gives each vector the class of the nearest one it knows, by Euclidean distance; of equally near ones the first.
///
/// @param known `[N][E]`. Kept.
/// @param y     `[N]`, their classes. Kept.
public record NearestNeighbour(float[][] known, int[] y) implements Classifier {
  /// @throws IllegalArgumentException if counts differ, there is no vector, or a value is not finite
  public NearestNeighbour {
    EmbeddingChecks.requireSameCount("nearest neighbour", known, y);
    EmbeddingChecks.requireFinite("nearest neighbour", known);
  }

  @Override
  public int[] predict(float[][] x) {
    EmbeddingChecks.requireFinite("nearest neighbour", x);
    int[] predicted = new int[x.length];
    for (int n = 0; n < x.length; n++) predicted[n] = y[nearest(x[n])];
    return predicted;
  }

  private int nearest(float[] vector) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < known.length; i++) {
      double distance = squaredDistance(vector, known[i]);
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int e = 0; e < a.length; e++) {
      double difference = (double) a[e] - b[e];
      sum += difference * difference;
    }
    return sum;
  }
}
