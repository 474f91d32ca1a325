package dev.anyrate.model.evaluate;

import dev.anyrate.model.algebra.GramSchmidt;
import dev.anyrate.model.algebra.Rows;
import java.util.SplittableRandom;

/// The first principal axes in plain Java, by orthogonal iteration on the covariance, which is never formed: each round multiplies by the centred rows and their
/// transpose. The start is fixed.
///
/// @see <a href="https://jhupbooks.press.jhu.edu/title/matrix-computations">Golub and Van Loan, Matrix Computations, section
///      7.3.2</a>
final class OrthogonalIteration {
  private static final int MAX_ROUNDS = 500;
  private static final double STANDSTILL = 1e-20; // squared distance of an axis from itself a round before

  private OrthogonalIteration() {}

  /// @param rows       `[N][E]`, centred. Read.
  /// @param count      of axes, K
  /// @param negligible a variance up to this is a rounding error
  static PrincipalAxes axes(double[][] rows, int count, double negligible) {
    double[][] columns = Rows.transpose(rows); // [E][N]
    double[][] axes = start(count, columns.length);
    double[] variances;
    boolean moving;
    int round = 0;
    do {
      double[][] next = covarianceTimes(axes, rows, columns);
      variances = GramSchmidt.orthonormalize(next, negligible);
      moving = moved(axes, next);
      axes = next;
    } while (moving && ++round < MAX_ROUNDS);
    return new PrincipalAxes(axes, variances);
  }

  private static double[][] start(int count, int size) {
    var random = new SplittableRandom(1);
    double[][] axes = new double[count][size];
    for (double[] axis : axes) {
      for (int e = 0; e < size; e++) axis[e] = random.nextDouble() - 0.5;
    }
    GramSchmidt.orthonormalize(axes, 0);
    return axes;
  }

  /// `axes · Xᵀ · X / N`.
  private static double[][] covarianceTimes(double[][] axes, double[][] rows, double[][] columns) {
    double[][] projections = new double[axes.length][rows.length]; // [K][N]
    Rows.addProduct(axes, columns, projections);
    double[][] product = new double[axes.length][columns.length];
    Rows.addProduct(projections, rows, product);
    for (double[] axis : product) {
      for (int e = 0; e < axis.length; e++) axis[e] /= rows.length;
    }
    return product;
  }

  private static boolean moved(double[][] before, double[][] after) {
    for (int k = 0; k < before.length; k++) {
      double squares = 0;
      for (int e = 0; e < after[k].length; e++) squares += (after[k][e] - before[k][e]) * (after[k][e] - before[k][e]);
      if (squares > STANDSTILL) return true;
    }
    return false;
  }
}
