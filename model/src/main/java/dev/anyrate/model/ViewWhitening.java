package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.algebra.Cholesky;
import java.util.Arrays;

/// Makes small what changes in the pooled embedding when one and the same series is seen at another rate, or in part; and brings it to fewer numbers on demand.
///
/// With S `[E, E]` the mean covariance of the views of a series around their own mean, and s its mean variance, an embedding x becomes `L⁻¹x`, where `LLᵀ = I + α·S/s`: directions
/// that tell views of a series apart shrink, the others stay. No label is used. This is the within-class covariance normalisation of speaker recognition
/// ([Hatch, Kajarekar and Stolcke 2006](https://www.isca-archive.org/interspeech_2006/hatch06_interspeech.html)), with every series as a class of its own.
/// NT-Xent trains the linear embedding to the same end; the pooled statistics are taken before that map, and this is what they lack.
///
/// A compact embedding of D numbers is `Q·L⁻¹x`: its coordinates in the subspace in which the whitened views of all series spread most, see [PrincipalSubspace].
/// `docs/design-notes.md` has the measurements of both.
///
/// Part of the checkpoint of a finished run. Training itself does without: its map has the square of the embedding's size, and would be copied with every save.
///
/// @param map `[D, E]`, L⁻¹ (lower triangular), or Q·L⁻¹
record ViewWhitening(Tensor map) implements AutoCloseable {
  /// Name of the map in a checkpoint.
  static final String NAME = "embedding.whitening";

  /// The map has the square of this; above it (256 hidden channels make 4,096 numbers) its 64 MiB are more than the encoder itself.
  static final int MOST_NUMBERS = 2048;

  private static final double STRENGTH = 20; // α
  private static final int ROWS_TOGETHER = 256;

  // Of E² numbers: two matrices in double, or one with a product and its copy, and what the engine keeps of that product.
  private static final int BYTES_OF_MATRICES = 20;
  // Two in double, their product with the first and its result in the engine, as a copy and in double, and what the engine keeps. By trial: 44 were too few.
  private static final int BYTES_OF_COMPACT_MATRICES = 60;

  /// Takes the map from embeddings that are scaled, but not whitened.
  ///
  /// @param views   `[V][N][E]`, each view of the same N series, all finite, V at least 2. Overwritten.
  /// @param numbers of the whitened embedding, D; E for all
  static ViewWhitening fit(Engine engine, float[][][] views, int numbers) {
    int size = views[0][0].length;
    if (numbers == size) return of(engine, Shape.of(size, size), Matrices.floats(whitener(engine, views)));
    double[][] spread = spread(engine, views); // before the means are taken away
    double[][] whitener = whitener(engine, views);
    double[][] axes = PrincipalSubspace.of(engine, Matrices.congruent(engine, whitener, spread), numbers); // [D][E]
    return of(engine, Shape.of(numbers, size), Matrices.floats(Matrices.product(engine, axes, whitener)));
  }

  /// Bytes on the heap that [#fit] works with, the views included.
  ///
  /// @param views   V
  /// @param series  N
  /// @param size    E
  /// @param numbers D
  static long bytesToFit(int views, int series, int size, int numbers) {
    long rows = (long) Float.BYTES * (views + 2) * series * size; // of one view, the engine has a copy besides
    return rows + (long) (numbers == size ? BYTES_OF_MATRICES : BYTES_OF_COMPACT_MATRICES) * size * size;
  }

  /// @param shape `[D, E]`
  /// @param map   of that shape. Read.
  static ViewWhitening of(Engine engine, Shape shape, float[] map) {
    return new ViewWhitening(engine.tensor(shape, map));
  }

  /// L⁻¹.
  private static double[][] whitener(Engine engine, float[][][] views) {
    centre(views);
    double[][] covariance = Matrices.squares(engine, views, (double) views[0].length * (views.length - 1)); // S
    int size = covariance.length;
    double variance = 0;
    for (int e = 0; e < size; e++) variance += covariance[e][e] / size;
    double strength = variance == 0 ? 0 : STRENGTH / variance; // views that are all alike leave the identity
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) covariance[i][j] *= strength;
      covariance[i][i] += 1;
    }
    return Cholesky.inverseOfFactor(covariance);
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

  /// The covariance of all views of all series around their common mean.
  private static double[][] spread(Engine engine, float[][][] views) {
    double count = (double) views.length * views[0].length;
    double[][] covariance = Matrices.squares(engine, views, count);
    double[] mean = new double[covariance.length];
    for (float[][] view : views) {
      for (float[] row : view) {
        for (int e = 0; e < mean.length; e++) mean[e] += row[e] / count;
      }
    }
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) covariance[i][j] -= mean[i] * mean[j];
    }
    return covariance;
  }

  /// Whitens rows in place.
  void apply(Engine engine, float[][] embeddings) {
    int numbers = map.dim(0);
    for (int from = 0; from < embeddings.length; from += ROWS_TOGETHER) {
      int to = Math.min(embeddings.length, from + ROWS_TOGETHER);
      try (Inference inference = engine.inference()) {
        Tensor rows = inference.constant(Shape.of(to - from, map.dim(1)), Matrices.joined(embeddings, from, to));
        float[] whitened = engine.toHost(inference.run(new MatMul(rows, false, map, true)));
        for (int n = from; n < to; n++) {
          embeddings[n] = Arrays.copyOfRange(whitened, (n - from) * numbers, (n - from + 1) * numbers);
        }
      }
    }
  }

  @Override
  public void close() {
    map.storage().close();
  }
}
