package dev.anyrate.augment.prepare;

import dev.anyrate.augment.series.BadSeriesException;
import dev.anyrate.augment.series.Count;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.Arrays;
import java.util.List;

/// Brings each channel to mean 0 and deviation 1, by numbers fitted on a TRAIN part, or on one series: `(x − mean) / deviation`.
///
/// Floats, because a checkpoint stores floats: what is read back computes the very same bits.
///
/// @param mean      one for each channel
/// @param deviation one for each channel, above 0; that of a constant channel is 1
public record Standardization(float[] mean, float[] deviation) {

  /// @throws IllegalArgumentException if the counts differ, or a number is not finite, or a deviation is not above 0
  public Standardization {
    mean = mean.clone();
    deviation = deviation.clone();
    boolean valid = mean.length == deviation.length && mean.length > 0;
    for (int c = 0; valid && c < mean.length; c++) {
      valid = Float.isFinite(mean[c]) && Float.isFinite(deviation[c]) && deviation[c] > 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "standardization: means " + Arrays.toString(mean) + " and deviations " + Arrays.toString(deviation)
              + "; needed is one finite mean and one finite deviation above 0 for each channel");
    }
  }

  /// Means and deviations of the channels over all samples of all series.
  ///
  /// @throws BadSeriesException if a value is missing
  public static Standardization fit(TimeSeriesSet train) {
    return fit(train.requireComplete().series(), train.channels());
  }

  /// Means and deviations of the channels of one series.
  ///
  /// @throws BadSeriesException if a value is missing
  public static Standardization fit(TimeSeries series) {
    return fit(List.of(series.requireComplete()), series.channels());
  }

  private static Standardization fit(List<TimeSeries> series, int channels) {
    float[] mean = new float[channels];
    float[] deviation = new float[channels];
    for (int c = 0; c < channels; c++) {
      double centre = mean(series, c);
      double spread = Math.sqrt(meanSquare(series, c, centre));
      mean[c] = (float) centre;
      // A spread within the rounding of float is a constant channel: to divide by it would blow that rounding up.
      deviation[c] = spread > 1e-7 * Math.abs(centre) && (float) spread > 0 ? (float) spread : 1;
    }
    return new Standardization(mean, deviation);
  }

  private static double mean(List<TimeSeries> all, int channel) {
    double sum = 0;
    long count = 0;
    for (TimeSeries series : all) {
      for (float value : series.channel(channel)) sum += value;
      count += series.length();
    }
    return sum / count;
  }

  private static double meanSquare(List<TimeSeries> all, int channel, double centre) {
    double sum = 0;
    long count = 0;
    for (TimeSeries series : all) {
      for (float value : series.channel(channel)) sum += (value - centre) * (value - centre);
      count += series.length();
    }
    return sum / count;
  }

  /// Count of channels.
  public int channels() {
    return mean.length;
  }

  /// The series in units of deviations from the mean.
  ///
  /// @throws BadSeriesException if it has other channels than the set this was fitted on
  public TimeSeries apply(TimeSeries series) {
    if (series.channels() != channels()) {
      throw new BadSeriesException(
          "series with " + Count.of(series.channels(), "channel") + ", but this was fitted on " + channels()
              + "; give series like those of the training");
    }
    float[][] standardized = new float[channels()][series.length()];
    for (int c = 0; c < standardized.length; c++) {
      float[] values = series.channel(c);
      for (int t = 0; t < values.length; t++) {
        standardized[c][t] = (values[t] - mean[c]) / deviation[c];
        if (Float.isInfinite(standardized[c][t])) throw tooLarge(values[t], t, c);
      }
    }
    return series.withChannels(standardized);
  }

  private BadSeriesException tooLarge(float value, int sample, int channel) {
    return new BadSeriesException("value " + (sample + 1) + " of channel " + (channel + 1) + " is " + value
        + ", too large beside those that this was fitted on, of mean " + mean[channel] + " and deviation " + deviation[channel]
        + "; correct it, or bring the series to the same unit");
  }

  /// All series of a set in units of deviations from the mean.
  public TimeSeriesSet apply(TimeSeriesSet set) {
    return set.map(this::apply);
  }

  /// A copy of the means.
  @Override
  public float[] mean() {
    return mean.clone();
  }

  /// A copy of the deviations.
  @Override
  public float[] deviation() {
    return deviation.clone();
  }

  /// Equal numbers.
  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization that && Arrays.equals(mean, that.mean) && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "Standardization[mean=" + Arrays.toString(mean) + ", deviation=" + Arrays.toString(deviation) + "]";
  }
}
