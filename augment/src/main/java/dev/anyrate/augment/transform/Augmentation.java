package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.random.RandomGenerator;

/// A random change of a series. A pure function: the same series and the same state of the generator give the same result.
///
/// ```java
/// Augmentation flip = (series, random) -> random.nextBoolean() ? series : negated(series);
/// Augmentation pipeline = AugmentationPipeline.of(new ResampleAug(0.5, 2, 0.8), flip, new JitterAug(0.05, 1));
/// ```
@FunctionalInterface
public interface Augmentation {

  /// The changed series: the same channels and label, perhaps another length. May be the series itself.
  ///
  /// @param series without missing values
  /// @param random the only source of chance
  TimeSeries apply(TimeSeries series, RandomGenerator random);
}
