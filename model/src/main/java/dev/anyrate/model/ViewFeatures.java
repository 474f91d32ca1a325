package dev.anyrate.model;

import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// The features of all views of some series. They are computed when they are asked for: all together they can be many times as large as the memory.
///
/// @param views    of the series
/// @param size     E
/// @param features of a set of series, `[N][E]`
record ViewFeatures(SeriesViews views, int size, Features features) {
  /// Turns a set of series into features.
  @FunctionalInterface
  interface Features {
    /// @return `[N][E]`, one row for each series
    float[][] of(TimeSeriesSet series);
  }

  /// @return `[V][N][E]`
  float[][][] all() {
    return views.all().map(features::of).toArray(float[][][]::new);
  }

  /// Those of views that are drawn at random, always the same; of all if there are no more.
  ///
  /// @param most how many
  /// @return `[at most most][E]`
  float[][] drawn(int most) {
    int series = views.series().size();
    int rows = SeriesViews.count(series) * series;
    BitSet drawn = new BitSet();
    new Random(0).ints(0, rows).distinct().limit(Math.min(most, rows)).forEach(drawn::set);
    List<float[]> chosen = new ArrayList<>();
    int first = 0;
    for (TimeSeriesSet view : (Iterable<TimeSeriesSet>) views.all()::iterator) {
      int[] ofView = drawn.get(first, first + series).stream().toArray();
      if (ofView.length > 0) chosen.addAll(List.of(features.of(view.select(ofView))));
      first += series;
    }
    return chosen.toArray(float[][]::new);
  }

  /// The same series in other features, made of these.
  ///
  /// @param numbers of the others
  ViewFeatures then(UnaryOperator<float[][]> change, int numbers) {
    return new ViewFeatures(views, numbers, set -> change.apply(features.of(set)));
  }
}
