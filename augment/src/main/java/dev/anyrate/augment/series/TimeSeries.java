package dev.anyrate.augment.series;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// One time series: `C` channels sampled at the same `L` instants, perhaps a class label, perhaps the rate it was sampled at. Immutable.
///
/// Rules that hold for every instance: at least one channel; all channels equally long; at least two samples; no infinite value;
/// no channel without any value. `NaN` marks a missing value and nothing else; whoever computes with a series first asks
/// [#hasMissing()], and [MissingValues] closes the gaps. The rate, where it is known, is a number above 0 in samples a second.
public final class TimeSeries {
  private final float[][] channels; // [C][L]
  private final String label; // null: none
  private final double rateHz; // 0: not known
  private final int missing;

  private TimeSeries(String label, double rateHz, float[][] channels) {
    this.label = label;
    this.rateHz = rateHz;
    this.channels = channels;
    this.missing = validate(channels);
  }

  /// A series without label; the values are copied.
  ///
  /// @param channels `[C][L]`. Read.
  /// @throws BadSeriesException if a rule of this class is broken
  public static TimeSeries of(float[]... channels) {
    return of(null, channels);
  }

  /// A labelled series; the values are copied.
  ///
  /// @param label    name of the class, or null
  /// @param channels `[C][L]`. Read.
  /// @throws BadSeriesException if a rule of this class is broken
  public static TimeSeries of(String label, float[]... channels) {
    float[][] copies = new float[channels.length][];
    Arrays.setAll(copies, c -> channels[c].clone());
    return new TimeSeries(label, 0, copies);
  }

  /// A series around the caller's arrays, not copied: the caller gives them away and writes to them no more.
  ///
  /// @param label    name of the class, or null
  /// @param channels `[C][L]`. Kept.
  /// @throws BadSeriesException if a rule of this class is broken
  public static TimeSeries wrap(String label, float[]... channels) {
    return new TimeSeries(label, 0, channels);
  }

  /// Other values under the same label and at the same rate; the arrays are kept as in [#wrap].
  public TimeSeries withChannels(float[]... channels) {
    return new TimeSeries(label, rateHz, channels);
  }

  /// The values of another series under this label and at this rate.
  ///
  /// @param other that has them, perhaps more or fewer
  public TimeSeries withValuesOf(TimeSeries other) {
    return new TimeSeries(label, rateHz, other.channels);
  }

  /// Some of the samples, one after the other.
  ///
  /// @param from  first of them, counted from 0
  /// @param count of samples, at least 2
  /// @throws BadSeriesException if the series has not got all of them
  public TimeSeries part(int from, int count) {
    if (from < 0 || from > length() - count) {
      throw new BadSeriesException(
          "part of " + Count.of(count, "sample") + " from sample " + from + " on: the series has " + length()
              + ", counted from 0; ask for fewer");
    }
    float[][] part = new float[channels.length][];
    for (int c = 0; c < part.length; c++) part[c] = Arrays.copyOfRange(channels[c], from, from + count);
    return withChannels(part);
  }

  /// The same values, sampled at a known rate.
  ///
  /// @param hertz samples a second
  /// @throws BadSeriesException if it is not above 0, or not finite
  public TimeSeries withRateHz(double hertz) {
    return new TimeSeries(label, requireRateHz(hertz), channels);
  }

  /// Whether a number can be a sampling rate in samples a second: above 0, and finite.
  public static boolean isRateHz(double hertz) {
    return hertz > 0 && Double.isFinite(hertz);
  }

  /// A sampling rate in samples a second, if it is one.
  ///
  /// @throws BadSeriesException if it is not above 0, or not finite
  public static double requireRateHz(double hertz) {
    if (isRateHz(hertz)) return hertz;
    throw new BadSeriesException(
        "sampling rate " + hertz + ": it must be finite and above 0; give samples a second, such as 12000");
  }

  /// This series without the samples at its end at which every channel is missing.
  ///
  /// Tables of series of unequal length fill their short rows with NaN: such a tail is a length, not a gap.
  ///
  /// @throws BadSeriesException if fewer than two samples are left
  public TimeSeries withoutPadding() {
    int end = length();
    while (isPadding(end - 1)) end--;
    if (end == length()) return this;
    return part(0, end);
  }

  private boolean isPadding(int sample) {
    for (float[] channel : channels) {
      if (!Float.isNaN(channel[sample])) return false;
    }
    return true;
  }

  /// Count of channels, `C`.
  public int channels() {
    return channels.length;
  }

  /// Count of samples in each channel, `L`.
  public int length() {
    return channels[0].length;
  }

  /// The values of one channel: the array itself, for reading only.
  public float[] channel(int channel) {
    return channels[channel];
  }

  /// Name of the class, if the series has one.
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /// Samples a second, where that is known.
  public OptionalDouble rateHz() {
    return rateHz == 0 ? OptionalDouble.empty() : OptionalDouble.of(rateHz);
  }

  /// Whether any value is missing.
  public boolean hasMissing() {
    return missing > 0;
  }

  /// Count of missing values in all channels.
  public int missingValues() {
    return missing;
  }

  /// This series, if nothing is missing in it.
  ///
  /// @throws BadSeriesException that counts the missing values and names the remedy
  public TimeSeries requireComplete() {
    if (!hasMissing()) return this;
    throw new BadSeriesException(
        Count.of(missing, "missing value") + " in a series; fill them in, or bridge them with MissingValues.INTERPOLATE");
  }

  /// Whether no channel ever changes: nothing can be learned from such a series.
  public boolean isConstant() {
    for (float[] channel : channels) {
      for (float value : channel) {
        if (value != channel[0]) return false;
      }
    }
    return true;
  }

  private static int validate(float[][] channels) {
    if (channels.length == 0) throw new BadSeriesException("series without channels; give at least one");
    int length = channels[0].length;
    int missing = 0;
    for (int c = 0; c < channels.length; c++) {
      if (channels[c].length != length) {
        throw new BadSeriesException(
            "ragged channels: channel 1 has " + Count.of(length, "value") + ", channel " + (c + 1) + " has "
                + channels[c].length + "; all channels of a series must be equally long");
      }
      missing += countMissing(channels[c], c);
    }
    return missing;
  }

  private static int countMissing(float[] values, int channel) {
    if (values.length < 2) {
      throw new BadSeriesException("series of " + (values.length == 0 ? "no point" : "one point")
          + "; at least 2 are needed, so remove it");
    }
    int missing = 0;
    for (int i = 0; i < values.length; i++) {
      if (Float.isInfinite(values[i])) {
        throw new BadSeriesException("value " + (i + 1) + " of channel " + (channel + 1)
            + " is infinite; correct it, or write NaN if it is missing");
      }
      if (Float.isNaN(values[i])) missing++;
    }
    if (missing == values.length) {
      throw new BadSeriesException("all values of channel " + (channel + 1) + " are missing; remove the series or the channel");
    }
    return missing;
  }

  /// Equal label, equal rate and equal values, bit by bit (NaN equals NaN).
  @Override
  public boolean equals(Object other) {
    return other instanceof TimeSeries that && Objects.equals(label, that.label) && rateHz == that.rateHz
        && Arrays.deepEquals(channels, that.channels);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(label, rateHz) + Arrays.deepHashCode(channels);
  }

  @Override
  public String toString() {
    return "TimeSeries[channels=" + channels() + ", length=" + length() + ", label=" + label
        + (rateHz == 0 ? "" : ", rate=" + rateHz + " Hz") + "]";
  }
}
