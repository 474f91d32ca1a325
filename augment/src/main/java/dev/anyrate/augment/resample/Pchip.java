package dev.anyrate.augment.resample;

/// Piecewise cubic Hermite interpolation that keeps the data's ups and downs: where the samples rise the curve rises, and it
/// never overshoots. End points kept as in [LinearInterpolation].
///
/// The slope at a sample is the harmonic mean of the steps before and after it, or 0 where their signs differ; at the ends a
/// one-sided formula of three points, limited to keep the shape. A series of 2 samples is a line.
///
/// @see <a href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.interpolate.PchipInterpolator.html">SciPy
///      PchipInterpolator</a>; Fritsch and Butland (1984), A method for constructing local monotone piecewise cubic interpolants
public final class Pchip implements Resampler {

  @Override
  public void fill(float[] in, int n, float[] out, int m, double[] work) {
    int piece = -1;
    double left = 0; // slopes at both ends of the piece
    double right = 0;
    for (int j = 0; j < m; j++) {
      double position = LinearInterpolation.position(j, n, m);
      int i = LinearInterpolation.piece(position, n);
      if (i != piece) {
        left = i == piece + 1 && piece >= 0 ? right : slope(in, n, i);
        right = slope(in, n, i + 1);
        piece = i;
      }
      double t = position - i;
      double s = 1 - t;
      out[j] = (float) (s * s * ((1 + 2 * t) * in[i] + t * left) + t * t * ((1 + 2 * s) * in[i + 1] - s * right));
    }
  }

  private static double slope(float[] y, int n, int i) {
    if (n == 2) return step(y, 0);
    if (i == 0) return endSlope(step(y, 0), step(y, 1));
    if (i == n - 1) return endSlope(step(y, n - 2), step(y, n - 3));
    double before = step(y, i - 1);
    double after = step(y, i);
    return before * after <= 0 ? 0 : 2 / (1 / before + 1 / after);
  }

  private static double endSlope(double outer, double inner) {
    double slope = (3 * outer - inner) / 2;
    if (Math.signum(slope) != Math.signum(outer)) return 0;
    boolean turns = Math.signum(outer) != Math.signum(inner);
    return turns && Math.abs(slope) > 3 * Math.abs(outer) ? 3 * outer : slope;
  }

  private static double step(float[] y, int i) {
    return (double) y[i + 1] - y[i];
  }
}
