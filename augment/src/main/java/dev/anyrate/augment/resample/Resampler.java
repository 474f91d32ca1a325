package dev.anyrate.augment.resample;

import dev.anyrate.augment.series.TimeSeries;

/// A way to resample a series of `n` samples to `m` samples over the same span of time.
///
/// Computed in double, stored in float. Instances hold nothing that changes, so threads may share them.
@FunctionalInterface
public interface Resampler {

  /// The method itself, on arguments that [#resample(float[], int, float[], int, double[])] has checked.
  ///
  /// @param in   the first `n >= 2` values. Read.
  /// @param n    count of samples given
  /// @param out  the first `m >= 2` values. Overwritten.
  /// @param m    count of samples wanted
  /// @param work at least [#workLength] values. Overwritten.
  void fill(float[] in, int n, float[] out, int m, double[] work);

  /// How many doubles [#fill] needs for its intermediate results.
  default int workLength(int n, int m) {
    return 0;
  }

  /// Resamples without allocating anything, but for [Polyphase], which makes its filter: the form for many series in a row.
  ///
  /// @param in   the first `n` values. Read.
  /// @param n    count of samples given, at least 2
  /// @param out  the first `m` values; not the same array as `in`. Overwritten.
  /// @param m    count of samples wanted, at least 2
  /// @param work at least [#workLength] values. Overwritten.
  /// @throws IllegalArgumentException if a length or an array is too short
  default void resample(float[] in, int n, float[] out, int m, double[] work) {
    if (n < 2 || m < 2) throw new IllegalArgumentException("resample: " + n + " to " + m + " samples; both must be at least 2");
    if (in.length < n || out.length < m || work.length < workLength(n, m)) {
      throw new IllegalArgumentException(
          "resample: " + n + " to " + m + " samples with arrays of " + in.length + ", " + out.length + " and "
              + work.length + " values; at least " + n + ", " + m + " and " + workLength(n, m) + " are needed");
    }
    fill(in, n, out, m, work);
  }

  /// Resamples one channel.
  ///
  /// @param in the first `n` values. Read.
  /// @param out the first `m` values; not the same array as `in`. Overwritten.
  default void resample(float[] in, int n, float[] out, int m) {
    resample(in, n, out, m, new double[workLength(n, m)]);
  }

  /// Resamples one channel into a new array of `length` values.
  ///
  /// @throws IllegalArgumentException if either length is less than 2
  default float[] resample(float[] in, int length) {
    float[] out = new float[Math.max(0, length)];
    resample(in, in.length, out, length);
    return out;
  }

  /// Resamples every channel of a series; the label stays, and a known sampling rate changes as the count of samples does.
  ///
  /// @throws dev.anyrate.augment.series.BadSeriesException if a value of the series is missing
  default TimeSeries resample(TimeSeries series, int length) {
    series.requireComplete();
    float[][] channels = new float[series.channels()][Math.max(0, length)];
    double[] work = new double[workLength(series.length(), length)];
    for (int c = 0; c < channels.length; c++) resample(series.channel(c), series.length(), channels[c], length, work);
    TimeSeries resampled = series.withChannels(channels);
    return series.rateHz().isPresent()
        ? resampled.withRateHz(series.rateHz().getAsDouble() * length / series.length())
        : resampled;
  }
}
