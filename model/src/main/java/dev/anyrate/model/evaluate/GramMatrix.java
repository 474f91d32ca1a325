package dev.anyrate.model.evaluate;

import dev.anyrate.engine.kernel.SymmetricEigenSolver;
import dev.anyrate.engine.kernel.SymmetricEigenSolver.Decomposition;
import dev.anyrate.model.algebra.Rows;

/// The first principal axes by an eigen-solver: of the covariance `XᵀX / N`, or of the Gram matrix `XXᵀ / N` where there are fewer rows than columns. Both have the
/// same eigenvalues, and an eigenvector u of the second gives the axis `Xᵀu`.
final class GramMatrix {
  private GramMatrix() {}

  /// @param rows       `[N][E]`, centred. Read.
  /// @param count      of axes, K
  /// @param negligible a variance up to this is a rounding error
  static PrincipalAxes axes(double[][] rows, int count, double negligible, SymmetricEigenSolver solver) {
    double[][] columns = Rows.transpose(rows); // [E][N]
    boolean few = rows.length < columns.length;
    Decomposition found = solver.solve(few ? product(rows, columns, rows.length) : product(columns, rows, rows.length));
    double[][] axes = new double[count][columns.length];
    double[] variances = new double[count];
    for (int k = 0; k < Math.min(count, found.values().length); k++) {
      if (found.values()[k] <= negligible) break;
      variances[k] = found.values()[k];
      axes[k] = few ? combined(rows, found.vectors()[k]) : found.vectors()[k];
    }
    Rows.normalize(axes);
    return new PrincipalAxes(axes, variances);
  }

  private static double[][] product(double[][] a, double[][] b, int count) {
    double[][] product = new double[a.length][a.length];
    Rows.addProduct(a, b, product);
    for (double[] row : product) {
      for (int j = 0; j < row.length; j++) row[j] /= count;
    }
    return product;
  }

  private static double[] combined(double[][] rows, double[] weights) {
    double[] sum = new double[rows[0].length];
    for (int n = 0; n < rows.length; n++) Rows.addScaled(weights[n], rows[n], sum);
    return sum;
  }
}
