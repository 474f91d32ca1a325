package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.resample.Polyphase;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.resample.Resampler;
import java.util.Locale;

/// How a series gets its other rate in the test: a method that training did not use keeps the proof from rewarding what training knew.
public enum Sensor {
  /// Straight lines: a sensor without a filter. Training sees this one, and the area filter.
  LINEAR {
    @Override
    boolean reaches(double rate) {
      return true;
    }

    @Override
    Resampler resampler(double rate) {
      return ResampleMethod.LINEAR.resampler();
    }
  },

  /// A sharp low-pass filter, as in audio and laboratory recorders.
  POLYPHASE {
    @Override
    boolean reaches(double rate) {
      return rate != 1;
    }

    @Override
    Resampler resampler(double rate) {
      return Sensor::aroundMean;
    }
  },

  /// Every k-th sample and nothing else: a logger that was told to store less.
  DECIMATION {
    @Override
    boolean reaches(double rate) {
      return rate < 1 && 1 / rate == Math.rint(1 / rate);
    }

    /// By the rate, not by both lengths: of 10 samples 3 are kept at a third of the rate and at a quarter.
    @Override
    Resampler resampler(double rate) {
      long k = Math.round(1 / rate);
      return (in, n, out, m, _) -> everyKth(in, n, out, m, k);
    }
  };

  private static final Polyphase FILTER = new Polyphase();

  /// Whether this sensor can record at a rate, and shows something there that [#LINEAR] does not.
  abstract boolean reaches(double rate);

  /// How this sensor gets a series to a rate that it reaches.
  abstract Resampler resampler(double rate);

  /// As it stands in tables: `polyphase`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The filter takes a series as zero beyond its ends; around its mean that is a smaller step than around 0.
  private static void aroundMean(float[] in, int n, float[] out, int m, double[] work) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += in[i];
    float mean = (float) (sum / n);
    float[] centred = new float[n];
    for (int i = 0; i < n; i++) centred[i] = in[i] - mean;
    FILTER.fill(centred, n, out, m, work);
    for (int i = 0; i < m; i++) out[i] += mean;
  }

  /// A series that is shorter than k samples ends with its last one.
  private static void everyKth(float[] in, int n, float[] out, int m, long k) {
    for (int i = 0; i < m; i++) out[i] = in[(int) Math.min(n - 1, i * k)];
  }
}
