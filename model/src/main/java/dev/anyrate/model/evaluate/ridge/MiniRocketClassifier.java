package dev.anyrate.model.evaluate.ridge;

import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.model.minirocket.MiniRocket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// MiniRocket with ridge on series of any rate: each is brought to the canonical length of a preparation, as a trained model does it.
public final class MiniRocketClassifier {
  /// Ridge costs the cube of this. Of a larger TRAIN (augmented copies count), so many series are drawn, of every class.
  public static final int MOST_SERIES = 3000;

  private static final int SERIES_AT_A_TIME = 256; // features of all series of a large set together would fill the memory

  private final InputPreparation preparation;
  private final MiniRocket rocket;
  private final RidgeClassifier ridge;

  private MiniRocketClassifier(InputPreparation preparation, MiniRocket rocket, RidgeClassifier ridge) {
    this.preparation = preparation;
    this.rocket = rocket;
    this.ridge = ridge;
  }

  /// @param preparation that brings every series to one length
  /// @param fitted      what biases and classifier are fitted to: TRAIN, or with augmented copies
  /// @param classes     names, in the order that gives their indices
  /// @param seed        of the features
  public static MiniRocketClassifier fit(InputPreparation preparation, TimeSeriesSet fitted, List<String> classes,
      long seed) {
    TimeSeriesSet chosen = drawn(fitted, MOST_SERIES);
    TimeSeriesSet prepared = preparation.apply(chosen);
    MiniRocket rocket = MiniRocket.fit(prepared, MiniRocket.FEATURES, seed);
    RidgeClassifier ridge = RidgeClassifier.fit(rocket.transform(prepared), chosen.labels(classes));
    return new MiniRocketClassifier(preparation, rocket, ridge);
  }

  /// What is drawn may miss a small class: then the first series of each class is taken, and the others are drawn.
  static TimeSeriesSet drawn(TimeSeriesSet set, int most) {
    TimeSeriesSet drawn = set.draw(most);
    if (classes(drawn).equals(classes(set))) return drawn;
    int[] labels = set.labels();
    Set<Integer> met = new HashSet<>();
    Set<Integer> chosen = new TreeSet<>(IntStream.range(0, labels.length).filter(i -> met.add(labels[i])).boxed().toList());
    var random = new Random(0);
    while (chosen.size() < most) chosen.add(random.nextInt(set.size()));
    return set.select(chosen.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Set<Integer> classes(TimeSeriesSet set) {
    return Arrays.stream(set.labels()).boxed().collect(Collectors.toSet());
  }

  /// Share of series whose class is told rightly.
  ///
  /// @param labels true classes, one for each series. Read.
  public double accuracy(TimeSeriesSet series, int[] labels) {
    int right = 0;
    for (int from = 0; from < series.size(); from += SERIES_AT_A_TIME) {
      int[] block = IntStream.range(from, Math.min(series.size(), from + SERIES_AT_A_TIME)).toArray();
      int[] predicted = ridge.predict(rocket.transform(preparation.apply(series.select(block))));
      for (int i = 0; i < block.length; i++) {
        if (predicted[i] == labels[from + i]) right++;
      }
    }
    return (double) right / series.size();
  }
}
