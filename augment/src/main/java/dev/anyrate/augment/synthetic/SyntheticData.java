package dev.anyrate.augment.synthetic;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Labelled series whose classes differ in frequency, chirp, wave form and the width of a bump.
///
/// The classes are curves in continuous time and the same for every seed: two sets with different seeds are a TRAIN and a TEST
/// part. Every series has its own phase, strength, trend and noise, so that values at fixed instants say little about the class.
/// Each channel has mean 0 and deviation 1.
public final class SyntheticData {
  private static final long STREAM = 0x53594E54L; // keeps these draws apart from other uses of the same seed

  private SyntheticData() {}

  /// Series of classes `0` to `classes - 1` in turn, so that class sizes differ by at most one.
  ///
  /// @param samples  count of series, at least one for each class
  /// @param length   samples in each series, at least 2; from about 32 on the classes can be told apart
  /// @param channels in each series, at least 1
  /// @param classes  at least 1
  /// @param seed     the same seed gives the same series, also as part of a longer set
  /// @throws IllegalArgumentException if a count is too small
  public static TimeSeriesSet create(int samples, int length, int channels, int classes, long seed) {
    if (classes < 1 || samples < classes || length < 2 || channels < 1) {
      throw new IllegalArgumentException(
          "synthetic data: " + samples + " series of " + channels + " channels, length " + length + ", "
              + classes + " classes; needed are at least 1 class and channel, one series for each class, and length 2");
    }
    List<TimeSeries> series = new ArrayList<>(samples);
    for (int i = 0; i < samples; i++) {
      RandomGenerator random = KeyedRandom.of(STREAM, seed, i);
      int label = i % classes;
      float[][] values = new float[channels][];
      for (int c = 0; c < channels; c++) values[c] = ClassShape.of(label, c).draw(length, random);
      series.add(TimeSeries.wrap(Integer.toString(label), values));
    }
    return new TimeSeriesSet("synthetic", series, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }
}
