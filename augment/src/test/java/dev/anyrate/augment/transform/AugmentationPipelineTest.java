package dev.anyrate.augment.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.augment.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationPipelineTest {
  private static final TimeSeries SERIES = TimeSeries.of(new float[] {1, 2, 3});
  private static final Augmentation PLUS_ONE = (series, _) -> series.withChannels(changed(series, 1, 1));
  private static final Augmentation TIMES_TWO = (series, _) -> series.withChannels(changed(series, 2, 0));

  @Test
  void appliesItsStepsInOrder() {
    assertArrayEquals(new float[] {4, 6, 8}, apply(AugmentationPipeline.of(PLUS_ONE, TIMES_TWO)));
    assertArrayEquals(new float[] {3, 5, 7}, apply(AugmentationPipeline.of(TIMES_TWO, PLUS_ONE)));
    assertArrayEquals(new float[] {5, 7, 9}, apply(AugmentationPipeline.of(PLUS_ONE, TIMES_TWO).then(PLUS_ONE)));
  }

  @Test
  void takesTheLambdaOfAUserAsAStep() {
    Augmentation flip = (series, random) -> random.nextDouble() < 2 ? series.withChannels(changed(series, -1, 0)) : series;
    assertArrayEquals(new float[] {-2, -4, -6}, apply(AugmentationPipeline.of(TIMES_TWO, flip)));
  }

  @Test
  void holdsItsStepsFast() {
    List<Augmentation> steps = new ArrayList<>(List.of(PLUS_ONE));
    var pipeline = new AugmentationPipeline(steps);
    steps.add(TIMES_TWO);
    assertEquals(2, pipeline.then(TIMES_TWO).steps().size());
    assertEquals(1, pipeline.steps().size());
    assertThrows(NullPointerException.class, () -> AugmentationPipeline.of(PLUS_ONE, null));
  }

  @Test
  void withoutStepsChangesNothing() {
    assertSame(SERIES, AugmentationPipeline.of().apply(SERIES, new SplittableRandom(1)));
  }

  private static float[] apply(Augmentation augmentation) {
    return augmentation.apply(SERIES, new SplittableRandom(1)).channel(0);
  }

  private static float[] changed(TimeSeries series, float factor, float summand) {
    float[] values = new float[series.length()];
    for (int t = 0; t < values.length; t++) values[t] = factor * series.channel(0)[t] + summand;
    return values;
  }
}
