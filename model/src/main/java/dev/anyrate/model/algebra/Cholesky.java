package dev.anyrate.model.algebra;

/// The factor L of a symmetric positive definite matrix `A = LLᵀ`, L lower triangular.
///
/// Both loops run along rows and add multiples of them, which the JIT vectorises; sums of products it does not.
///
/// @see <a href="https://jhupbooks.press.jhu.edu/title/matrix-computations">Golub and Van Loan, Matrix Computations, section 4.2</a>
public final class Cholesky {
  private Cholesky() {}

  /// L⁻¹, lower triangular.
  ///
  /// @param matrix `[E][E]`, symmetric, all eigenvalues above 0. Overwritten.
  public static double[][] inverseOfFactor(double[][] matrix) {
    double[][] upper = factor(matrix);
    int size = upper.length;
    double[][] inverse = new double[size][size]; // row i of L⁻¹ is (eᵢ − Σ_{k<i} L[i][k] · row k) / L[i][i]
    for (int i = 0; i < size; i++) {
      inverse[i][i] = 1;
      for (int k = 0; k < i; k++) subtract(upper[k][i], inverse[k], inverse[i], 0, k + 1);
      for (int j = 0; j <= i; j++) inverse[i][j] /= upper[i][i];
    }
    return inverse;
  }

  /// Lᵀ in the upper triangle.
  private static double[][] factor(double[][] matrix) {
    int size = matrix.length;
    for (int k = 0; k < size; k++) {
      double[] pivot = matrix[k];
      double root = Math.sqrt(pivot[k]);
      for (int j = k; j < size; j++) pivot[j] /= root;
      for (int i = k + 1; i < size; i++) subtract(pivot[i], pivot, matrix[i], i, size);
    }
    return matrix;
  }

  private static void subtract(double weight, double[] row, double[] from, int start, int end) {
    for (int j = start; j < end; j++) from[j] -= weight * row[j];
  }
}
