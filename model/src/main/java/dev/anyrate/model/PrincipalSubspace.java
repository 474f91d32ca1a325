package dev.anyrate.model;

import dev.anyrate.engine.Engine;
import dev.anyrate.engine.autograd.Inference;
import dev.anyrate.engine.tensor.Tensor;
import dev.anyrate.model.algebra.GramSchmidt;
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
  private static final int ROUNDS = 10;

  /// Added to the variances, relative to their mean: directions without any stay orthonormal.
  private static final double FLOOR = 1e-6;

  private PrincipalSubspace() {}

  /// @param covariance `[E][E]`. Overwritten.
  /// @param numbers    D, at most E
  /// @return `[D][E]`, orthonormal
  static double[][] of(Engine engine, double[][] covariance, int numbers) {
    raise(covariance);
    var random = new SplittableRandom(1);
    double[][] axes = orthonormal(random, numbers, covariance.length);
    try (Inference inference = engine.inference()) {
      Tensor spread = Matrices.constant(inference, covariance);
      for (int round = 0; round < ROUNDS; round++) {
        axes = Matrices.product(engine, inference, axes, spread);
        GramSchmidt.orthonormalize(axes, 0);
      }
    }
    return Matrices.product(engine, orthonormal(random, numbers, numbers), axes);
  }

  private static void raise(double[][] covariance) {
    double trace = 0;
    for (int e = 0; e < covariance.length; e++) trace += covariance[e][e];
    double floor = trace > 0 ? FLOOR * trace / covariance.length : 1;
    for (int e = 0; e < covariance.length; e++) covariance[e][e] += floor;
  }

  private static double[][] orthonormal(SplittableRandom random, int count, int size) {
    double[][] rows = new double[count][size];
    for (double[] row : rows) {
      for (int e = 0; e < size; e++) row[e] = random.nextGaussian();
    }
    GramSchmidt.orthonormalize(rows, 0);
    return rows;
  }
}
