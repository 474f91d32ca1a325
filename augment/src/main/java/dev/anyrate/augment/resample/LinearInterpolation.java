package dev.anyrate.augment.resample;

/// Linear interpolation with the end points kept: sample `j` of the result stands at `j · (n − 1) / (m − 1)` of the original.
///
/// Stretching adds nothing; shrinking skips samples and so folds high frequencies into low ones, as a slow sensor without filter
/// does.
public final class LinearInterpolation implements Resampler {

  @Override
  public void fill(float[] in, int n, float[] out, int m, double[] work) {
    for (int j = 0; j < m; j++) out[j] = (float) at(in, n, position(j, n, m));
  }

  /// Where sample `j` of `m` stands among `n` samples. Exact at both ends, which a product with a step would miss by a rounding.
  static double position(int j, int n, int m) {
    return j * (double) (n - 1) / (m - 1);
  }

  /// The piece of an interpolant that holds `position`, as the index of its left sample.
  static int piece(double position, int n) {
    return Math.min((int) position, n - 2);
  }

  /// The straight line between the samples beside `position`, which lies in `[0, n − 1]`.
  static double at(float[] in, int n, double position) {
    int i = piece(position, n);
    double t = position - i;
    return (1 - t) * in[i] + t * in[i + 1];
  }
}
