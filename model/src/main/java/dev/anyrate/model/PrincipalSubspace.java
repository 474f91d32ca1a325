package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.algebra.Cholesky;
import dev.anyrate.model.algebra.Rows;
import java.util.SplittableRandom;

/// The D directions in which rows spread most, turned at random among themselves.
///
/// Found by subspace iteration from a fixed random start. Where the last of them are nearly as large as the first left out, either serves. It needs no eigenvalues, so
/// it is the same with and without LAPACK.
///
/// Turned, because whoever comes later standardises each number (a linear probe does): of principal components this blows up the small ones, which are mostly noise; turned
/// at random, all numbers have about the same variance, and distances are as before.
///
/// @see <a href="https://arxiv.org/abs/0909.4061">Halko, Martinsson and Tropp, Finding Structure with Randomness (2011), algorithm 4.4</a>
final class PrincipalSubspace {
  private static final int ROUNDS = 4;

  /// Added to the variances, relative to their mean: directions without any stay orthonormal.
  private static final double FLOOR = 1e-6;

  /// Added to the squares of rows' lengths, relative to their sum: well above the rounding of their products, so that these have a factor even if all rows are one.
  private static final double SHIFT = 1e-12;

  private PrincipalSubspace() {}

  /// @param covariance `[E][E]`. Overwritten.
  /// @param numbers    D, at most E
  /// @return `[D][E]`, orthonormal
  static double[][] of(Engine engine, double[][] covariance, int numbers) {
    double mean = Matrices.meanOfDiagonal(covariance);
    Matrices.raiseDiagonal(covariance, mean > 0 ? FLOOR * mean : 1);
    var random = new SplittableRandom(1);
    double[][] axes = random(random, numbers, covariance.length);
    try (Inference inference = engine.inference()) {
      Tensor spread = Matrices.constant(inference, covariance);
      for (int round = 0; round < ROUNDS; round++) {
        axes = orthonormal(engine, Matrices.product(engine, inference, axes, spread));
      }
    }
    axes = orthonormal(engine, axes); // once more, as directions of little variance were still at an angle
    return Matrices.product(engine, orthonormal(engine, random(random, numbers, numbers)), axes);
  }

  private static double[][] random(SplittableRandom random, int count, int size) {
    double[][] rows = new double[count][size];
    for (double[] row : rows) {
      for (int e = 0; e < size; e++) row[e] = random.nextGaussian();
    }
    return rows;
  }

  /// `L⁻¹A` with `LLᵀ = AAᵀ`: orthonormal rows that span what A's rows do, in less than a third of the time of Gram-Schmidt, which takes them one by one
  /// (`docs/design-notes.md`). Where rows depend on each other nearly, they come out at an angle, and a second time mends that.
  ///
  /// @see <a href="https://arxiv.org/abs/1809.11085">Fukaya, Kannan, Nakatsukasa, Yamamoto and Yanagisawa, Shifted CholeskyQR (2020)</a>
  private static double[][] orthonormal(Engine engine, double[][] rows) {
    int count = rows.length;
    double[][] products = new double[count][count];
    Rows.addProductOfSymmetric(rows, products);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) products[j][i] = products[i][j];
    }
    Matrices.raiseDiagonal(products, SHIFT * count * Matrices.meanOfDiagonal(products));
    return Matrices.product(engine, Cholesky.inverseOfFactor(products), rows);
  }
}
