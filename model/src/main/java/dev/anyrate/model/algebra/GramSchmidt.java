package dev.anyrate.model.algebra;

/// Makes rows orthonormal, from the first on.
///
/// Twice for each row, as once leaves it orthogonal only up to a rounding error that grows with the loss of length.
///
/// @see <a href="https://jhupbooks.press.jhu.edu/title/matrix-computations">Golub and Van Loan, Matrix Computations, section
///      5.2</a>
public final class GramSchmidt {
  private GramSchmidt() {}

  /// @param rows       `[K][E]`. Overwritten; a row of which no more than `negligible` is left becomes 0.
  /// @param negligible length that is a rounding error
  /// @return what was left of each row's length before it was brought to 1, `[K]`
  public static double[] orthonormalize(double[][] rows, double negligible) {
    double[] lengths = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      double[] row = rows[k];
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < k; before++) Rows.addScaled(-Rows.dot(row, rows[before]), rows[before], row);
      }
      double length = Math.sqrt(Rows.dot(row, row));
      boolean direction = length > negligible;
      lengths[k] = direction ? length : 0;
      for (int e = 0; e < row.length; e++) row[e] = direction ? row[e] / length : 0;
    }
    return lengths;
  }
}
