package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.ops.MatMul;
import dev.anyrate.engine.tensor.Shape;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.algebra.Cholesky;

/// The space that some rows of features span, with orthonormal coordinates in it: `L⁻¹·X·y` of a row y, where the rows are X `[K, E]` and `LLᵀ = XXᵀ`.
///
/// Thousands of features of some hundred series vary in few directions. In these coordinates what is fitted to them costs the cube of K, not of E, and no matrix of
/// E × E is ever made.
///
/// @param rows          X
/// @param inverseFactor L⁻¹, `[K, K]`
record RowSpan(Engine engine, Tensor rows, Tensor inverseFactor) implements AutoCloseable {
  /// Added to the squares of the rows' lengths, relative to their mean: products are rounded to float32, and directions of less than this would be rounding.
  private static final double FLOOR = 1e-4;

  /// @param rows `[K][E]`, all finite. Read.
  static RowSpan of(Engine engine, float[][] rows) {
    int count = rows.length;
    Tensor spanned = engine.tensor(Shape.of(count, rows[0].length), Matrices.joined(rows, 0, count));
    double[][] products = products(engine, spanned); // XXᵀ
    double mean = Matrices.meanOfDiagonal(products);
    Matrices.raiseDiagonal(products, mean > 0 ? FLOOR * mean : 1);
    return new RowSpan(engine, spanned,
        engine.tensor(Shape.of(count, count), Matrices.floats(Cholesky.inverseOfFactor(products))));
  }

  private static double[][] products(Engine engine, Tensor rows) {
    try (Inference inference = engine.inference()) {
      return Matrices.rows(engine.toHost(inference.run(new MatMul(rows, false, rows, true))), rows.dim(0));
    }
  }

  /// What rows of features are in these coordinates.
  ///
  /// @param features `[N][E]`. Read.
  /// @return `[N][K]`
  float[][] coordinates(float[][] features) {
    try (Inference inference = engine.inference()) {
      Tensor all = inference.constant(Shape.of(features.length, rows.dim(1)), Matrices.joined(features, 0, features.length));
      Tensor products = inference.run(new MatMul(all, false, rows, true)); // [N, K]
      float[] values = engine.toHost(inference.run(new MatMul(products, false, inverseFactor, true)));
      return Matrices.split(values, rows.dim(0));
    }
  }

  /// A linear map of coordinates, as one of features.
  ///
  /// @param map `[D, K]`
  /// @return `[D, E]`
  float[] ofFeatures(Tensor map) {
    try (Inference inference = engine.inference()) {
      return engine.toHost(inference.run(new MatMul(inference.run(new MatMul(map, inverseFactor)), rows)));
    }
  }

  @Override
  public void close() {
    rows.storage().close();
    inverseFactor.storage().close();
  }
}
