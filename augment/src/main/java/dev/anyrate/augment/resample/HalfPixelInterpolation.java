package dev.anyrate.augment.resample;

/// Linear interpolation between centres of cells: sample `j` of the result stands at `(j + ½) · n / m − ½` of the original, held
/// at the first and last sample. PyTorch's `interpolate(mode="linear", align_corners=False)`.
public final class HalfPixelInterpolation implements Resampler {

  @Override
  public void fill(float[] in, int n, float[] out, int m, double[] work) {
    for (int j = 0; j < m; j++) {
      double position = (j + 0.5) * n / m - 0.5;
      out[j] = (float) LinearInterpolation.at(in, n, Math.clamp(position, 0, n - 1));
    }
  }
}
