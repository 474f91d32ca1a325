package dev.anyrate.model;

import dev.anyrate.augment.series.TimeSeriesSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// The features of all views of some series. They are computed when they are asked for: all together they can be many times as large as the memory.
///
/// @param series   seen
/// @param seed     of their views, see [SeriesViews]
/// @param size     E
/// @param features of a set of series, `[N][E]`
record ViewFeatures(TimeSeriesSet series, long seed, int size, Features features) {
  /// Turns a set of series into features.
  @FunctionalInterface
  interface Features {
    /// @return `[N][E]`, one row for each series
    float[][] of(TimeSeriesSet series);
  }

  /// @return `[V][N][E]`
  float[][][] all() {
    return SeriesViews.of(series, seed).map(features::of).toArray(float[][][]::new);
  }

  /// Those of views that are drawn at random, always the same; of all if there are no more.
  ///
  /// @param most how many
  /// @return `[at most most][E]`
  float[][] drawn(int most) {
    int views = SeriesViews.count(series.size());
    BitSet drawn = new BitSet();
    new Random(0).ints(0, views * series.size()).distinct().limit(Math.min(most, views * series.size())).forEach(drawn::set);
    List<float[]> rows = new ArrayList<>();
    int first = 0;
    for (TimeSeriesSet view : (Iterable<TimeSeriesSet>) SeriesViews.of(series, seed)::iterator) {
      int[] chosen = drawn.get(first, first + series.size()).stream().toArray();
      if (chosen.length > 0) rows.addAll(List.of(features.of(view.select(chosen))));
      first += series.size();
    }
    return rows.toArray(float[][]::new);
  }

  /// The same series in other features, made of these.
  ///
  /// @param numbers of the others
  ViewFeatures then(UnaryOperator<float[][]> change, int numbers) {
    return new ViewFeatures(series, seed, numbers, set -> change.apply(features.of(set)));
  }
}
