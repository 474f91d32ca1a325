package dev.anyrate.augment.resample;

/// Interpolating cubic spline through all samples; end points kept as in [LinearInterpolation].
///
/// With samples at 0, 1, 2, … and `z` a sixth of the spline's second derivative, the piece from `i` to `i + 1` is
/// `(1−t)·y[i] + t·y[i+1] + ((1−t)³ − (1−t))·z[i] + (t³ − t)·z[i+1]`, and its slope is continuous where
/// `z[i−1] + 4·z[i] + z[i+1] = y[i−1] − 2·y[i] + y[i+1]`.
///
/// Short series get the polynomial through all their points, as in SciPy: a line through 2, and with [End#NOT_A_KNOT] a parabola
/// through 3.
///
/// @param end what closes the system at the first and last sample
/// @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.interpolate.CubicSpline.html">SciPy CubicSpline</a>
public record CubicSpline(End end) implements Resampler {

  /// The condition at both ends.
  public enum End {
    /// Second derivative 0.
    NATURAL,

    /// The first two pieces are one polynomial, and so are the last two.
    NOT_A_KNOT
  }

  /// Reciprocal pivots of Gaussian elimination in the matrix with 1, 4, 1 on its diagonals. They depend on the row alone and have
  /// settled at `2 − √3` to the last bit long before the table ends.
  private static final double[] PIVOTS = pivots();

  private static double[] pivots() {
    double[] pivots = new double[24];
    pivots[0] = 1.0 / 4;
    for (int row = 1; row < pivots.length; row++) pivots[row] = 1 / (4 - pivots[row - 1]);
    return pivots;
  }

  @Override
  public int workLength(int n, int m) {
    return n;
  }

  @Override
  public void fill(float[] in, int n, float[] out, int m, double[] work) {
    switch (end) {
      case NATURAL -> natural(in, n, work);
      case NOT_A_KNOT -> notAKnot(in, n, work);
    }
    for (int j = 0; j < m; j++) {
      double position = LinearInterpolation.position(j, n, m);
      int i = LinearInterpolation.piece(position, n);
      double t = position - i;
      double s = 1 - t;
      out[j] = (float) (s * in[i] + t * in[i + 1] + (s * s * s - s) * work[i] + (t * t * t - t) * work[i + 1]);
    }
  }

  private static void natural(float[] y, int n, double[] z) {
    z[0] = 0;
    z[n - 1] = 0;
    solve(y, z, 1, n - 2);
  }

  private static void notAKnot(float[] y, int n, double[] z) {
    if (n < 4) {
      double curvature = n == 3 ? difference(y, 1) / 6 : 0;
      for (int i = 0; i < n; i++) z[i] = curvature;
      return;
    }
    // One polynomial over two pieces: z is linear there, z[0] = 2 z[1] - z[2]; in the equation of row 1 only 6 z[1] is left.
    z[1] = difference(y, 1) / 6;
    z[n - 2] = difference(y, n - 2) / 6;
    solve(y, z, 2, n - 3);
    z[0] = 2 * z[1] - z[2];
    z[n - 1] = 2 * z[n - 2] - z[n - 3];
  }

  /// The rows `first` to `last` of the system; `z` beside them is known.
  private static void solve(float[] y, double[] z, int first, int last) {
    for (int i = first; i <= last; i++) z[i] = (difference(y, i) - z[i - 1]) * pivot(i - first);
    for (int i = last; i >= first; i--) z[i] -= pivot(i - first) * z[i + 1];
  }

  private static double pivot(int row) {
    return PIVOTS[Math.min(row, PIVOTS.length - 1)];
  }

  private static double difference(float[] y, int i) {
    return (double) y[i - 1] - 2.0 * y[i] + y[i + 1];
  }
}
