package dev.anyrate.model.evaluate;

import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;

/// The baseline that learns nothing: the values themselves, resampled to one length by straight lines, channel after channel.
///
/// @param length samples of each channel, at least 2
public record RawValues(int length) implements Embedder {
  /// Values at the middle one of the lengths of a set.
  public static RawValues atLengthOf(TimeSeriesSet set) {
    return new RawValues(set.medianLength());
  }

  @Override
  public float[][] embed(TimeSeriesSet series) {
    return series.series().stream().map(this::flatten).toArray(float[][]::new);
  }

  private float[] flatten(TimeSeries series) {
    TimeSeries resampled = ResampleMethod.LINEAR.resampler().resample(series, length);
    float[] values = new float[series.channels() * length];
    for (int c = 0; c < series.channels(); c++) System.arraycopy(resampled.channel(c), 0, values, c * length, length);
    return values;
  }
}
