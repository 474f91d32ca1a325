package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import java.util.Arrays;

/// Makes small what changes in the pooled embedding when one and the same series is seen at another rate, or in part.
///
/// With S `[E, E]` the mean covariance of the views of a series around their own mean, and s its mean variance, an embedding x becomes `L⁻¹x`, where `LLᵀ = I + α·S/s`: directions
/// that tell views of a series apart shrink, the others stay. No label is used. This is the within-class covariance normalisation of speaker recognition
/// ([Hatch, Kajarekar and Stolcke 2006](https://www.isca-archive.org/interspeech_2006/hatch06_interspeech.html)), with every series as a class of its own.
/// NT-Xent trains the linear embedding to the same end; the pooled statistics are taken before that map, and this is what they lack. `docs/design-notes.md` has the measurement.
///
/// Part of the checkpoint of a finished run. Training itself does without: its map has the square of the embedding's size, and would be copied with every save.
///
/// @param map `[E, E]`, L⁻¹, lower triangular
record ViewWhitening(Tensor map) implements AutoCloseable {
  /// Name of the map in a checkpoint.
  static final String NAME = "embedding.whitening";

  private static final double STRENGTH = 10; // α
  private static final int ROWS_TOGETHER = 256;

  /// Takes the map from embeddings that are scaled, but not whitened.
  ///
  /// @param views `[V][N][E]`, each view of the same N series, all finite, V at least 2. Overwritten.
  static ViewWhitening fit(Engine engine, float[][][] views) {
    int size = views[0][0].length;
    centre(views);
    double[][] covariance = covariance(engine, views, size); // [E][E]
    double variance = 0;
    for (int e = 0; e < size; e++) variance += covariance[e][e] / size;
    double strength = variance == 0 ? 0 : STRENGTH / variance; // views that are all alike leave the identity
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) covariance[i][j] *= strength;
      covariance[i][i] += 1;
    }
    double[][] inverse = Cholesky.inverseOfFactor(covariance);
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) values[i * size + j] = (float) inverse[i][j];
    }
    return of(engine, size, values);
  }

  /// @param map `[E, E]`. Read.
  static ViewWhitening of(Engine engine, int size, float[] map) {
    return new ViewWhitening(engine.tensor(Shape.of(size, size), map));
  }

  /// Takes from the views of each series their mean.
  private static void centre(float[][][] views) {
    for (int n = 0; n < views[0].length; n++) {
      for (int e = 0; e < views[0][n].length; e++) {
        double sum = 0;
        for (float[][] view : views) sum += view[n][e];
        float mean = (float) (sum / views.length);
        for (float[][] view : views) view[n][e] -= mean;
      }
    }
  }

  private static double[][] covariance(Engine engine, float[][][] views, int size) {
    double[][] sum = new double[size][size];
    for (float[][] view : views) { // a view at a time, so that float32 never sums many thousand products
      try (Inference inference = engine.inference()) {
        Tensor rows = inference.constant(Shape.of(view.length, size), joined(view, 0, view.length));
        float[] product = engine.toHost(inference.run(new MatMul(rows, true, rows, false)));
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) sum[i][j] += product[i * size + j];
        }
      }
    }
    double count = (double) views[0].length * (views.length - 1);
    for (double[] row : sum) {
      for (int e = 0; e < size; e++) row[e] /= count;
    }
    return sum;
  }

  /// Whitens rows in place.
  void apply(Engine engine, float[][] embeddings) {
    int size = map.dim(0);
    for (int from = 0; from < embeddings.length; from += ROWS_TOGETHER) {
      int to = Math.min(embeddings.length, from + ROWS_TOGETHER);
      try (Inference inference = engine.inference()) {
        Tensor rows = inference.constant(Shape.of(to - from, size), joined(embeddings, from, to));
        float[] whitened = engine.toHost(inference.run(new MatMul(rows, false, map, true)));
        for (int n = from; n < to; n++) embeddings[n] = Arrays.copyOfRange(whitened, (n - from) * size, (n - from + 1) * size);
      }
    }
  }

  private static float[] joined(float[][] rows, int from, int to) {
    int size = rows[from].length;
    float[] joined = new float[(to - from) * size];
    for (int n = from; n < to; n++) System.arraycopy(rows[n], 0, joined, (n - from) * size, size);
    return joined;
  }

  @Override
  public void close() {
    map.storage().close();
  }
}
