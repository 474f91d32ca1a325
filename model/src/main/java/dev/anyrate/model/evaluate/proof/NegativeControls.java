package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.prepare.Standardization;
import dev.anyrate.augment.resample.ResampleMethod;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.LabelledSplit;
import dev.anyrate.model.evaluate.LinearProbe;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The same probe where there is nothing to be found. If it finds something, the proof proves nothing.
///
/// Noise and swapped labels hold nothing by construction: above chance there, something leaks. Shuffled time and bare length may tell the class in honest data;
/// then the result says so, and what the encoder adds to it is the difference.
record NegativeControls(Embedder embedder, LabelledSplit split, long seed) {
  private static final int SWAPS = 5; // permutations whose mean counts: one may resemble the true labels by luck

  /// White noise of one length, as large as the series of TRAIN, under the true labels.
  double noise() {
    int length = split.train().medianLength();
    double[] deviations = deviations(split.train());
    return refitted((series, random) -> {
      float[][] noise = new float[series.channels()][length];
      for (int c = 0; c < noise.length; c++) {
        for (int t = 0; t < length; t++) noise[c][t] = (float) (deviations[c] * random.nextGaussian());
      }
      return series.withChannels(noise);
    });
  }

  private static double[] deviations(TimeSeriesSet set) {
    var standardization = Standardization.fit(set);
    float[] deviation = standardization.deviation();
    double[] deviations = new double[deviation.length];
    Arrays.setAll(deviations, c -> deviation[c]);
    return deviations;
  }

  /// The samples of each series in random order, the same order for all its channels.
  double shuffled() {
    return refitted((series, random) -> {
      int[] order = Shuffle.order(series.length(), random);
      float[][] shuffled = new float[series.channels()][series.length()];
      for (int c = 0; c < shuffled.length; c++) {
        for (int t = 0; t < order.length; t++) shuffled[c][t] = series.channel(c)[order[t]];
      }
      return series.withChannels(shuffled);
    });
  }

  /// The first series of TRAIN in place of every other, stretched to its length.
  double lengthOnly() {
    TimeSeries shape = split.train().get(0);
    return refitted((series, _) -> series.withValuesOf(ResampleMethod.LINEAR.resampler().resample(shape, series.length())));
  }

  /// True series under labels that say nothing of them: within each class of TRAIN every label occurs as often as in all of TRAIN.
  ///
  /// @param train embeddings of TRAIN. Read.
  /// @param test  of TEST. Read.
  double swapped(float[][] train, float[][] test) {
    double sum = 0;
    for (int swap = 0; swap < SWAPS; swap++) {
      int[] labels = swappedLabels(split.trainLabels(), KeyedRandom.of(seed, swap));
      if (Arrays.stream(labels).distinct().count() < 2) continue; // a class of one series each: nothing to swap
      sum += LinearProbe.fit(train, labels).accuracy(test, split.testLabels());
    }
    return sum / SWAPS;
  }

  static int[] swappedLabels(int[] labels, SplittableRandom random) {
    int[] sorted = labels.clone();
    Arrays.sort(sorted);
    int[] swapped = new int[labels.length];
    for (int label : Arrays.stream(labels).distinct().toArray()) {
      int[] members = IntStream.range(0, labels.length).filter(n -> labels[n] == label).toArray();
      Shuffle.inPlace(members, random);
      double start = random.nextDouble();
      for (int i = 0; i < members.length; i++) {
        swapped[members[i]] = sorted[(int) ((i + start) * labels.length / members.length)];
      }
    }
    return swapped;
  }

  private double refitted(BiFunction<TimeSeries, SplittableRandom, TimeSeries> change) {
    float[][] train = embedder.embed(changed(split.train(), change, 1));
    float[][] test = embedder.embed(changed(split.test(), change, 2));
    return LinearProbe.fit(train, split.trainLabels()).accuracy(test, split.testLabels());
  }

  private TimeSeriesSet changed(TimeSeriesSet set, BiFunction<TimeSeries, SplittableRandom, TimeSeries> change, int part) {
    return set.mapIndexed((i, series) -> change.apply(series, KeyedRandom.of(seed, part, i)));
  }
}
