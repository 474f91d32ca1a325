package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.algebra.Cholesky;
import java.util.Arrays;

/// Makes small what changes in the features of a series when it is seen at another rate, or in part; and brings them to fewer numbers on demand.
///
/// With S `[E, E]` the mean covariance of the views of a series around their own mean, and s its mean variance, features x become `c·L⁻¹x`, where `LLᵀ = I + α·S/s`: directions
/// that tell views of a series apart shrink, the others stay. No label is used. This is the within-class covariance normalisation of speaker recognition
/// ([Hatch, Kajarekar and Stolcke 2006](https://www.isca-archive.org/interspeech_2006/hatch06_interspeech.html)), with every series as a class of its own.
/// NT-Xent trains the linear embedding to the same end; the pooled statistics are taken before that map, and this is what they lack.
///
/// D numbers, fewer than features, are `c·Q·L⁻¹x`: coordinates in the subspace in which the whitened views of all series spread most, see [PrincipalSubspace]. The factor c
/// gives them a mean variance of 1 over these views, so that numbers of two kinds of features may stand side by side. `docs/design-notes.md` has the measurements.
///
/// @param map `[D, E]`, c·L⁻¹ (lower triangular), or c·Q·L⁻¹
record ViewWhitening(Tensor map) implements AutoCloseable {
  /// Of more features than this, the space that so many of their rows span takes their place.
  private static final int LARGEST_SPACE = 1024;
  private static final int ROWS_TOGETHER = 256;

  // Of E² numbers: two matrices in double, their product with the first and its result in the engine, as a copy and in double, and what the engine keeps. By trial: 44 were too few.
  private static final int BYTES_OF_MATRICES = 60;

  /// Takes the map from features that are scaled, but not whitened, of any size.
  ///
  /// @param numbers  of the whitened features, D, at most 1,024; E for all
  /// @param strength α, at least 0
  static ViewWhitening fit(Engine engine, ViewFeatures features, int numbers, double strength) {
    if (features.size() <= LARGEST_SPACE) return fit(engine, features.all(), numbers, strength);
    try (RowSpan span = RowSpan.of(engine, features.drawn(LARGEST_SPACE));
        ViewWhitening inSpan = fit(engine, features.then(span::coordinates, LARGEST_SPACE).all(), numbers, strength)) {
      return of(engine, Shape.of(numbers, features.size()), span.ofFeatures(inSpan.map()));
    }
  }

  /// Takes the map from features that are scaled, but not whitened.
  ///
  /// @param views    `[V][N][E]`, each view of the same N series, all finite, V at least 2. Overwritten.
  /// @param numbers  of the whitened features, D; E for all
  /// @param strength α, at least 0
  static ViewWhitening fit(Engine engine, float[][][] views, int numbers, double strength) {
    int size = views[0][0].length;
    double[][] spread = spread(engine, views); // before the means are taken away
    double[][] map = whitener(engine, views, strength);
    double[][] whitened = Matrices.congruent(engine, map, spread);
    if (numbers < size) {
      double[][] axes = PrincipalSubspace.of(engine, whitened, numbers); // [D][E]
      whitened = Matrices.congruent(engine, axes, whitened);
      map = Matrices.product(engine, axes, map);
    }
    scale(map, Matrices.meanOfDiagonal(whitened));
    return of(engine, Shape.of(numbers, size), Matrices.floats(map));
  }

  /// Divides rows by a deviation, if there is any.
  private static void scale(double[][] rows, double variance) {
    double factor = variance > 0 ? 1 / Math.sqrt(variance) : 1;
    for (double[] row : rows) {
      for (int e = 0; e < row.length; e++) row[e] *= factor;
    }
  }

  /// Bytes on the heap that [#fit] works with, the views included.
  ///
  /// @param views   V
  /// @param series  N
  /// @param size    E
  /// @param numbers D
  static long bytesToFit(int views, int series, int size, int numbers) {
    if (size > LARGEST_SPACE) { // the spanning rows twice, of one view features and a copy of them, the map twice
      long ofFeatures = (long) Float.BYTES * (2 * LARGEST_SPACE + 2 * series + 2 * numbers) * size;
      return ofFeatures + bytesToFit(views, series, LARGEST_SPACE, numbers);
    }
    long rows = (long) Float.BYTES * (views + 2) * series * size; // of one view, the engine has a copy besides
    return rows + (long) BYTES_OF_MATRICES * size * size;
  }

  /// @param shape `[D, E]`
  /// @param map   of that shape. Read.
  static ViewWhitening of(Engine engine, Shape shape, float[] map) {
    return new ViewWhitening(engine.tensor(shape, map));
  }

  /// L⁻¹.
  private static double[][] whitener(Engine engine, float[][][] views, double strength) {
    centre(views);
    double[][] covariance = Matrices.squares(engine, views, (double) views[0].length * (views.length - 1)); // S
    int size = covariance.length;
    double variance = Matrices.meanOfDiagonal(covariance);
    double factor = variance == 0 ? 0 : strength / variance; // views that are all alike leave the identity
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) covariance[i][j] *= factor;
    }
    Matrices.raiseDiagonal(covariance, 1);
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
