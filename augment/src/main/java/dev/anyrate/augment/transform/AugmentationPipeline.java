package dev.anyrate.augment.transform;

import dev.anyrate.augment.series.TimeSeries;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Augmentations one after another; an augmentation itself.
///
/// @param steps in the order in which they are applied
public record AugmentationPipeline(List<Augmentation> steps) implements Augmentation {

  /// @throws NullPointerException if a step is null
  public AugmentationPipeline {
    steps = List.copyOf(steps);
  }

  /// The pipeline of these steps; without any it changes nothing.
  public static AugmentationPipeline of(Augmentation... steps) {
    return new AugmentationPipeline(List.of(steps));
  }

  /// This pipeline with one more step at its end.
  public AugmentationPipeline then(Augmentation step) {
    return new AugmentationPipeline(Stream.concat(steps.stream(), Stream.of(step)).toList());
  }

  @Override
  public TimeSeries apply(TimeSeries series, RandomGenerator random) {
    TimeSeries changed = series;
    for (Augmentation step : steps) changed = step.apply(changed, random);
    return changed;
  }
}
