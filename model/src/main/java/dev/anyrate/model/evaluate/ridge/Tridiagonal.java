package dev.anyrate.model.evaluate.ridge;

/// A symmetric matrix in tridiagonal form: `A = Q·T·Qᵀ` with orthonormal Q, by Householder reflections.
///
/// In this form `(A + α·I)⁻¹` costs next to nothing for each further α: that is what a search over penalties needs, and all of it. Eigenvalues, the usual
/// way, would take several times as long.
///
/// @param diagonal `[N]` of T
/// @param beside   `[N − 1]`, the numbers beside the diagonal
/// @param basis    `[N][N]`, row k is the k-th column of Q
/// @see <a href="https://jhupbooks.press.jhu.edu/title/matrix-computations">Golub and Van Loan, Matrix Computations, section 8.3.1</a>
record Tridiagonal(double[] diagonal, double[] beside, double[][] basis) {

  /// @param a `[N][N]`, symmetric. Overwritten.
  static Tridiagonal of(double[][] a) {
    int n = a.length;
    double[][] reflectors = new double[Math.max(0, n - 2)][]; // v, scaled so that H = I − v·vᵀ
    double[] beside = new double[Math.max(0, n - 1)];
    for (int k = 0; k < n - 2; k++) {
      double[] v = reflector(a[k], k + 1);
      reflectors[k] = v;
      beside[k] = reflected(a[k], v, k + 1);
      reflect(a, v, k + 1);
    }
    if (n > 1) beside[n - 2] = a[n - 1][n - 2];
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) diagonal[i] = a[i][i];
    return new Tridiagonal(diagonal, beside, basis(reflectors, n));
  }

  /// The v with `(I − v·vᵀ)·row` zero behind place `from`; all zero where nothing is to be done.
  private static double[] reflector(double[] row, int from) {
    double[] v = new double[row.length];
    double tail = 0;
    for (int i = from + 1; i < row.length; i++) tail += row[i] * row[i];
    if (tail == 0) return v;
    double norm = Math.sqrt(row[from] * row[from] + tail);
    double first = row[from] + (row[from] < 0 ? -norm : norm);
    double scale = Math.sqrt(2 / (first * first + tail));
    v[from] = first * scale;
    for (int i = from + 1; i < row.length; i++) v[i] = row[i] * scale;
    return v;
  }

  /// What is left at place `from` of a row after the reflection.
  private static double reflected(double[] row, double[] v, int from) {
    double product = 0;
    for (int i = from; i < row.length; i++) product += row[i] * v[i];
    return row[from] - product * v[from];
  }

  /// `A ← H·A·H` in the rows and columns from `from` on: `A − v·wᵀ − w·vᵀ` with `w = A·v − ½(vᵀ·A·v)·v`.
  private static void reflect(double[][] a, double[] v, int from) {
    int n = a.length;
    double[] w = new double[n];
    for (int i = from; i < n; i++) addScaled(v[i], a[i], w, from);
    double half = 0;
    for (int i = from; i < n; i++) half += v[i] * w[i] / 2;
    addScaled(-half, v, w, from);
    for (int i = from; i < n; i++) subtract(v[i], w, w[i], v, a[i], from);
  }

  /// The product of all reflections, from the last on, so that it fills up from the lower right corner; then transposed.
  private static double[][] basis(double[][] reflectors, int n) {
    double[][] q = new double[n][n];
    for (int i = 0; i < n; i++) q[i][i] = 1;
    for (int k = reflectors.length - 1; k >= 0; k--) {
      double[] v = reflectors[k];
      double[] product = new double[n];
      for (int i = k + 1; i < n; i++) addScaled(v[i], q[i], product, k + 1);
      for (int i = k + 1; i < n; i++) addScaled(-v[i], product, q[i], k + 1);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double swapped = q[i][j];
        q[i][j] = q[j][i];
        q[j][i] = swapped;
      }
    }
    return q;
  }

  private static void addScaled(double w, double[] x, double[] y, int from) {
    for (int j = from; j < y.length; j++) y[j] += w * x[j];
  }

  private static void subtract(double s, double[] w, double t, double[] v, double[] y, int from) {
    for (int j = from; j < y.length; j++) y[j] -= s * w[j] + t * v[j];
  }

  /// `(T + α·I)` as `L·D·Lᵀ`, ready to solve.
  Shifted shifted(double alpha) {
    int n = diagonal.length;
    double[] d = new double[n];
    double[] below = new double[beside.length];
    d[0] = diagonal[0] + alpha;
    for (int k = 0; k < below.length; k++) {
      below[k] = beside[k] / d[k];
      d[k + 1] = diagonal[k + 1] + alpha - below[k] * beside[k];
    }
    return new Shifted(basis, below, d);
  }

  /// `(A + α·I)⁻¹`, never formed.
  ///
  /// @param basis of the tridiagonal form
  /// @param below `[N − 1]`, L below its unit diagonal
  /// @param d     `[N]`, D
  record Shifted(double[][] basis, double[] below, double[] d) {
    /// `[N]`: the diagonal of the inverse.
    double[] inverseDiagonal() {
      int n = d.length;
      double[] sum = new double[n];
      double[] z = new double[n]; // one row of L⁻¹·Qᵀ
      for (int k = 0; k < n; k++) {
        double l = k == 0 ? 0 : below[k - 1];
        double[] row = basis[k];
        for (int i = 0; i < n; i++) z[i] = row[i] - l * z[i];
        for (int i = 0; i < n; i++) sum[i] += z[i] * z[i] / d[k];
      }
      return sum;
    }

    /// The inverse times a vector.
    ///
    /// @param y `[N]`. Read.
    double[] solve(double[] y) {
      int n = d.length;
      double[] z = new double[n];
      for (int k = 0; k < n; k++) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += basis[k][i] * y[i];
        z[k] = sum - (k == 0 ? 0 : below[k - 1] * z[k - 1]);
      }
      for (int k = 0; k < n; k++) z[k] /= d[k];
      for (int k = n - 2; k >= 0; k--) z[k] -= below[k] * z[k + 1];
      double[] solution = new double[n];
      for (int k = 0; k < n; k++) addScaled(z[k], basis[k], solution, 0);
      return solution;
    }
  }
}
