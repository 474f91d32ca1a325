package dev.anyrate.augment.resample;

/// Anti-aliasing by means over cells: sample `j` of the result is the mean of the piecewise linear interpolant over a cell of
/// width
/// `n / m` around `j · (n − 1) / (m − 1)`, the place where [LinearInterpolation] would take a single value. Beyond its ends the
/// series is held. When it stretches (`m >= n`) there is nothing to filter, and it is [LinearInterpolation].
///
/// The cells are centred on that grid so that shrinking and stretching put a feature at the same place: the same series recorded
/// at two rates then comes out alike, one shrunk and one stretched. Cells that tile the span from end to end instead move it by
/// up to half a cell.
public final class AreaFilter implements Resampler {
  private final LinearInterpolation linear = new LinearInterpolation();

  @Override
  public void fill(float[] in, int n, float[] out, int m, double[] work) {
    if (m >= n) {
      linear.fill(in, n, out, m, work);
      return;
    }
    double width = (double) n / m;
    for (int j = 0; j < m; j++) {
      double centre = LinearInterpolation.position(j, n, m);
      out[j] = (float) (integral(in, n, centre - width / 2, centre + width / 2) / width);
    }
  }

  /// Integral of the interpolant from `a` to `b`, where the first and last value are held outside `[0, n − 1]`.
  private static double integral(float[] in, int n, double a, double b) {
    double from = Math.max(a, 0);
    double to = Math.min(b, n - 1);
    double sum = (from - a) * in[0] + (b - to) * in[n - 1];
    for (int i = LinearInterpolation.piece(from, n); i < to; i++) {
      double left = Math.max(from - i, 0);
      double right = Math.min(to - i, 1);
      double middle = (left + right) / 2;
      sum += (right - left) * ((1 - middle) * in[i] + middle * in[i + 1]);
    }
    return sum;
  }
}
