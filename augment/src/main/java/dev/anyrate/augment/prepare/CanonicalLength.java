package dev.anyrate.augment.prepare;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;

/// The one length to which a model brings every series, so that it never learns from the length.
///
/// It is the shortest candidate that still holds the content: shrinking the TRAIN part to it and stretching it back loses at most 5 % of the variance. It keeps half
/// the samples of the median series, up to 128: what tells classes apart may be finer than what makes up the variance (`docs/design-notes.md` has the measurement), and
/// what is finer than that a recorder at half the rate does not see. Where no candidate holds the content, it is the median length within the candidates' bounds.
public final class CanonicalLength {
  private static final int[] CANDIDATES = {64, 96, 128, 192, 256, 384, 512};
  private static final double LARGEST_LOSS = 0.05;
  private static final int DETAIL = 128;

  private CanonicalLength() {}

  /// The canonical length for a TRAIN part.
  ///
  /// @param train standardised, so that all channels count alike
  public static int choose(TimeSeriesSet train) {
    int median = train.medianLength();
    for (int length : CANDIDATES) {
      if (length >= Math.min(median / 2, DETAIL) && loss(train, length) <= LARGEST_LOSS) return length;
    }
    return Math.clamp(median, CANDIDATES[0], CANDIDATES[CANDIDATES.length - 1]);
  }

  /// Share of the variance around each channel's mean that is lost when series longer than `length` are shrunk to it by the area
  /// filter and stretched back by straight lines.
  static double loss(TimeSeriesSet train, int length) {
    float[] mean = Standardization.fit(train).mean();
    double lost = 0;
    double total = 0;
    for (TimeSeries series : train) {
      for (int c = 0; c < series.channels(); c++) {
        float[] values = series.channel(c);
        total += squaredDistance(values, mean[c]);
        if (values.length > length) lost += squaredDistance(values, thereAndBack(values, length));
      }
    }
    return total == 0 ? 0 : lost / total;
  }

  private static float[] thereAndBack(float[] values, int length) {
    float[] shrunk = ResampleMethod.AREA.resampler().resample(values, length);
    return ResampleMethod.LINEAR.resampler().resample(shrunk, values.length);
  }

  private static double squaredDistance(float[] values, float centre) {
    double sum = 0;
    for (float value : values) sum += ((double) value - centre) * ((double) value - centre);
    return sum;
  }

  private static double squaredDistance(float[] values, float[] others) {
    double sum = 0;
    for (int t = 0; t < values.length; t++) sum += ((double) values[t] - others[t]) * ((double) values[t] - others[t]);
    return sum;
  }
}
