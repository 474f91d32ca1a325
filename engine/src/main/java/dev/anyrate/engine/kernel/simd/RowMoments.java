package dev.anyrate.engine.kernel.simd;

import static dev.anyrate.engine.kernel.simd.SimdSpecies.FLOATS;
import static dev.anyrate.engine.kernel.simd.SimdSpecies.LANES;

import jdk.incubator.vector.FloatVector;

/// The mean of each channel over a few rows, and the sum of the squares around it: for rows that are in the cache.
///
/// The sums of some channels stay in registers while the rows go by. In the cache that takes half the time of [ChannelSums], which has to store every sum in every row (128 rows of
/// 128 channels 1.6 and 3.7 µs, of 64 channels 0.8 and 2.2, AVX2); out of memory, where the order of lines counts, it does not.
final class RowMoments {
  /// Vectors of channels that are summed together.
  private static final int TOGETHER = 4;

  private RowMoments() {}

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  /// @param rows     at least 1; added plainly, so that some hundred are too many
  /// @param channels at least a vector of them
  /// @param moments  Overwritten from `moments0` on; `[2, channels]`, means and squares.
  static void of(int rows, int channels, float[] x, int x0, float[] moments, int moments0) {
    float share = 1f / rows;
    int c = 0;
    for (; c <= channels - TOGETHER * LANES; c += TOGETHER * LANES) {
      meansOfFour(rows, channels, x, x0 + c, share, moments, moments0 + c);
      squaresOfFour(rows, channels, x, x0 + c, moments, moments0 + c);
    }
    for (; c < channels; c += LANES) {
      int first = Math.min(c, channels - LANES); // the last vector may repeat some of those before it
      meansOfOne(rows, channels, x, x0 + first, share, moments, moments0 + first);
      squaresOfOne(rows, channels, x, x0 + first, moments, moments0 + first);
    }
  }

  private static void meansOfFour(int rows, int channels, float[] x, int x0, float share, float[] mean, int mean0) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int row = 0, i = x0; row < rows; row++, i += channels) {
      sum0 = sum0.add(load(x, i));
      sum1 = sum1.add(load(x, i + LANES));
      sum2 = sum2.add(load(x, i + 2 * LANES));
      sum3 = sum3.add(load(x, i + 3 * LANES));
    }
    sum0.mul(share).intoArray(mean, mean0);
    sum1.mul(share).intoArray(mean, mean0 + LANES);
    sum2.mul(share).intoArray(mean, mean0 + 2 * LANES);
    sum3.mul(share).intoArray(mean, mean0 + 3 * LANES);
  }

  /// @param moments Read for the means, from `mean0` on; overwritten by the squares, `channels` behind them.
  private static void squaresOfFour(int rows, int channels, float[] x, int x0, float[] moments, int mean0) {
    FloatVector center0 = load(moments, mean0);
    FloatVector center1 = load(moments, mean0 + LANES);
    FloatVector center2 = load(moments, mean0 + 2 * LANES);
    FloatVector center3 = load(moments, mean0 + 3 * LANES);
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int row = 0, i = x0; row < rows; row++, i += channels) {
      FloatVector distance0 = load(x, i).sub(center0);
      FloatVector distance1 = load(x, i + LANES).sub(center1);
      FloatVector distance2 = load(x, i + 2 * LANES).sub(center2);
      FloatVector distance3 = load(x, i + 3 * LANES).sub(center3);
      sum0 = distance0.fma(distance0, sum0);
      sum1 = distance1.fma(distance1, sum1);
      sum2 = distance2.fma(distance2, sum2);
      sum3 = distance3.fma(distance3, sum3);
    }
    int squares0 = mean0 + channels;
    sum0.intoArray(moments, squares0);
    sum1.intoArray(moments, squares0 + LANES);
    sum2.intoArray(moments, squares0 + 2 * LANES);
    sum3.intoArray(moments, squares0 + 3 * LANES);
  }

  private static void meansOfOne(int rows, int channels, float[] x, int x0, float share, float[] mean, int mean0) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int row = 0, i = x0; row < rows; row++, i += channels) sum = sum.add(load(x, i));
    sum.mul(share).intoArray(mean, mean0);
  }

  /// Parameters as for [#squaresOfFour].
  private static void squaresOfOne(int rows, int channels, float[] x, int x0, float[] moments, int mean0) {
    FloatVector center = load(moments, mean0);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int row = 0, i = x0; row < rows; row++, i += channels) {
      FloatVector distance = load(x, i).sub(center);
      sum = distance.fma(distance, sum);
    }
    sum.intoArray(moments, mean0 + channels);
  }
}
