package dev.anyrate.model.evaluate.proof;

import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.transform.CropAug;
import dev.anyrate.augment.transform.KeyedRandom;
import dev.anyrate.model.evaluate.Embedder;
import dev.anyrate.model.evaluate.LabelledSplit;
import dev.anyrate.model.evaluate.LinearProbe;
import dev.anyrate.model.evaluate.RateProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// What an embedding gives away of how a series was recorded: a probe that was told it for TRAIN tells it for TEST.
///
/// An embedding that holds at any rate gives the rate away no better than chance. Every value of what is asked occurs equally often, so chance is one over
/// their count.
record Leakage(Embedder embedder, LabelledSplit split, long seed) {
  /// Shares of a series that are told apart at the native rate.
  static final List<Double> SHARES = List.of(0.25, 0.5, 1.0);

  private static final int MOST_TRAIN = 100; // series, each at every rate: enough for a probe, and soon fitted
  private static final int MOST_TEST = 300;

  /// Share of TEST series, each at every rate, whose rate is told.
  double rate(List<Double> rates) {
    return told(rates.stream().<UnaryOperator<TimeSeriesSet>>map(rate -> set -> RateProtocol.WHOLE.at(set, rate)).toList());
  }

  /// Share of TEST series, each cut to several shares of its span, whose share is told.
  double length() {
    return told(SHARES.stream().<UnaryOperator<TimeSeriesSet>>map(share -> set -> cut(set, share)).toList());
  }

  private TimeSeriesSet cut(TimeSeriesSet set, double share) {
    var crop = new CropAug(share, share, 1);
    return set.mapIndexed((i, series) -> crop.apply(series, KeyedRandom.of(seed, Double.doubleToLongBits(share), i)));
  }

  private double told(List<UnaryOperator<TimeSeriesSet>> ways) {
    TimeSeriesSet train = split.train().draw(MOST_TRAIN);
    TimeSeriesSet test = split.test().draw(MOST_TEST);
    return LinearProbe.fit(embedded(train, ways), classes(train, ways.size()))
        .accuracy(embedded(test, ways), classes(test, ways.size()));
  }

  private float[][] embedded(TimeSeriesSet set, List<UnaryOperator<TimeSeriesSet>> ways) {
    List<TimeSeries> all = new ArrayList<>();
    for (UnaryOperator<TimeSeriesSet> way : ways) all.addAll(way.apply(set).series());
    return embedder.embed(new TimeSeriesSet(set.name(), all, set.classNames()));
  }

  private static int[] classes(TimeSeriesSet set, int ways) {
    int[] classes = new int[set.size() * ways];
    Arrays.setAll(classes, n -> n / set.size());
    return classes;
  }
}
