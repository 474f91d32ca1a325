package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// A random band of frequencies removed from all channels. The mean always stays.
///
/// The oscillations with 1, 2, … `L/2` cycles in the span are orthogonal, so each is removed by itself: project the series on its
/// cosine and sine, and subtract. That costs O(L) for each frequency of the band.
///
/// @param maxShare    widest band as a share of all frequencies, above 0 and at most 1; the width is drawn uniformly up to it
/// @param probability that a series is masked at all
public record FrequencyMaskAug(double maxShare, double probability) implements Augmentation {

  /// @throws IllegalArgumentException if the share or the probability is out of bounds
  public FrequencyMaskAug {
    Draw.checkRange("frequency mask", "share", Double.MIN_NORMAL, maxShare, Double.MIN_NORMAL, 1);
    Draw.checkProbability("frequency mask", probability);
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    if (!Draw.happens(probability, random)) return series;
    int frequencies = series.length() / 2;
    int width = (int) Math.round(Draw.uniform(0, maxShare, random) * frequencies);
    int first = 1 + random.nextInt(frequencies - width + 1);
    return withoutBand(series, first, first + width);
  }

  /// The series without the oscillations of `first` to `end - 1` cycles in the span.
  static TimeSeries withoutBand(TimeSeries series, int first, int end) {
    int length = series.length();
    double[] cosine = new double[length]; // of one cycle; `cycles` of them are the same values in steps of `cycles`
    double[] sine = new double[length];
    for (int t = 0; t < length; t++) {
      cosine[t] = Math.cos(2 * Math.PI * t / length);
      sine[t] = Math.sin(2 * Math.PI * t / length);
    }
    float[][] masked = new float[series.channels()][length];
    double[] values = new double[length];
    for (int c = 0; c < masked.length; c++) {
      for (int t = 0; t < length; t++) values[t] = series.channel(c)[t];
      for (int cycles = first; cycles < end; cycles++) remove(values, cycles, cosine, sine);
      for (int t = 0; t < length; t++) masked[c][t] = (float) values[t];
    }
    return series.withChannels(masked);
  }

  private static void remove(double[] values, int cycles, double[] cosine, double[] sine) {
    int length = values.length;
    double squaredNorm = 2 * cycles == length ? length : length / 2.0; // at the Nyquist frequency the sine is 0 everywhere
    double onCosine = 0;
    double onSine = 0;
    for (int t = 0, angle = 0; t < length; t++, angle = (angle + cycles) % length) {
      onCosine += values[t] * cosine[angle] / squaredNorm;
      onSine += values[t] * sine[angle] / squaredNorm;
    }
    for (int t = 0, angle = 0; t < length; t++, angle = (angle + cycles) % length) {
      values[t] -= onCosine * cosine[angle] + onSine * sine[angle];
    }
  }
}
