package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedEpoch;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.series.TimeSeries;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.testing.Examples;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The settings of both presets, as the recipe and the reference design give them.
class PresetTest {
  private static final TimeSeriesSet TRAIN = SyntheticData.create(50, 40, 2, 2, 1);

  @Test
  void theReferenceIsThePlainDesign() {
    Preset reference = Preset.REFERENCE;
    assertEquals(128, reference.batch());
    TrainingConfig config = reference.defaults(TRAIN, reference.batch(), 7);
    assertEquals(new TrainingConfig(reference, new ModelSizes(128, 64, 64), 10, 128, 0.5f, Optimization.fixed(1e-3f), 7), config);
    ModelConfig model = reference.model(2, config);
    assertEquals(new ModelConfig(new CnnEncoderConfig(2, 128, 64, 7, 3, List.of(1, 1, 1)), 64, EmbeddingKind.LINEAR), model);
    assertEquals(64, model.embeddingSize());
    assertEquals(Optional.empty(), reference.preparation(TRAIN, config));
  }

  @Test
  void theInvariantOneIsRecipeDWithWiderDilations() {
    Preset invariant = Preset.INVARIANT;
    assertEquals(32, invariant.batch());
    TrainingConfig config = invariant.defaults(TRAIN, invariant.batch(), 7);
    assertEquals(new TrainingConfig(invariant, new ModelSizes(64, 320, 64, 0, 4956), 60, 32, 0.5f,
        new Optimization(1e-3f, 0.1f, true, 1e-4f, 5, 0), 7), config);
    ModelConfig model = invariant.model(2, config);
    assertEquals(new ModelConfig(new CnnEncoderConfig(2, 64, 320, 7, 5, List.of(1, 4, 16)), 64, EmbeddingKind.POOLED, 0, 4956),
        model);
    assertEquals(1024, model.embeddingSize(), "half from 4 levels of 4 statistics of 64 channels, half from kernels");
    assertEquals(Optional.of(InputPreparation.fit(TRAIN)), invariant.preparation(TRAIN, config));
  }

  /// As many epochs as 120 steps take, rounded up.
  @ParameterizedTest
  @CsvSource({"32, 120, 120", "33, 60, 120", "50, 60, 120", "100, 30, 120", "1000, 4, 128", "9000, 1, 282"})
  void theInvariantOneTrainsForAtLeast120Steps(int series, int epochs, int steps) {
    TimeSeriesSet train = SyntheticData.create(series, 8, 1, 2, 1);
    TrainingConfig config = Preset.INVARIANT.defaults(train, 32, 1);
    assertEquals(epochs, config.epochs());
    assertEquals(steps, epochs
        * Preset.INVARIANT.pairs(train, Preset.INVARIANT.preparation(train, config), config).batchesPerEpoch());
  }

  /// As a user writes who wants all series in one batch.
  @ParameterizedTest
  @EnumSource
  void aBatchMayBeLargerThanAnySet(Preset preset) {
    TrainingConfig config = preset.defaults(TRAIN, Integer.MAX_VALUE, 1);
    if (preset == Preset.INVARIANT) assertEquals(120, config.epochs());
    assertEquals(50, preset.pairs(TRAIN, preset.preparation(TRAIN, config), config).batchSize());
  }

  @Test
  void viewsOfTheInvariantOneAllHaveTheCanonicalLength() {
    Optional<InputPreparation> preparation = Preset.INVARIANT.preparation(TRAIN, Preset.INVARIANT.defaults(TRAIN, 32, 1));
    int canonical = preparation.orElseThrow().canonicalLength();
    assertEquals(64, canonical, "the shortest that the recipe allows is long enough for 40 samples");
    PairedBatch batch = firstBatch(Preset.INVARIANT, preparation, TRAIN);
    assertEquals(canonical, batch.length());
    int[] whole = new int[batch.batchSize()];
    Arrays.fill(whole, canonical);
    assertArrayEquals(whole, batch.lengths1());
    assertArrayEquals(whole, batch.lengths2());
    assertFalse(Arrays.equals(batch.view1(), batch.view2()));
  }

  @Test
  void viewsOfTheReferenceAreUpsampledAndDownsampledAndPaddedToTheLongestSeries() {
    TimeSeriesSet unequal = Examples.unequalSeries(12, 1);
    PairedBatch batch = firstBatch(Preset.REFERENCE, Optional.empty(), unequal);
    assertEquals(unequal.maxLength(), batch.length());
    assertTrue(Arrays.stream(batch.lengths2()).allMatch(length -> length >= 8 && length <= 50),
        Arrays.toString(batch.lengths2()));
    assertTrue(Arrays.stream(batch.lengths1()).sum() > Arrays.stream(batch.lengths2()).sum(),
        "the first views are the longer ones");
  }

  /// In the plain design, whose views have the length that the rate gives them.
  @Test
  void ratesOfViewsStayWithinTheirRangeAndFillIt() {
    TimeSeriesSet equal = SyntheticData.create(200, 80, 1, 2, 1);
    TrainingConfig config = Preset.REFERENCE.defaults(equal, 200, 1).withViews(new ViewSettings(0.1, 1, 1));
    PairedBatch batch = firstBatch(config, Optional.empty(), equal);
    int[] lengths = batch.lengths2();
    assertTrue(Arrays.stream(lengths).allMatch(length -> length >= 8 && length <= 80), Arrays.toString(lengths));
    assertTrue(Arrays.stream(lengths).filter(length -> length < 16).count() > 20, "log-uniform: " + Arrays.toString(lengths));
    assertTrue(Arrays.stream(batch.lengths1()).allMatch(length -> length == 80));
  }

  /// Scale and noise of the baseline that never sees another rate are those of its preset: how far a view is from its series, in a factor and in what is left.
  @ParameterizedTest
  @CsvSource({"INVARIANT, 0.8, 1.2, 0.03, 0.1", "REFERENCE, 1, 1, 0.05, 0.05"})
  void viewsAtOneRateKeepThePresetsOtherAugmentations(Preset preset, double leastScale, double mostScale, double leastNoise,
      double mostNoise) {
    TimeSeriesSet train = SyntheticData.create(50, 400, 1, 2, 1);
    TrainingConfig usual = preset.defaults(train, 50, 1).withLength(preset == Preset.INVARIANT ? 400 : 0);
    TrainingConfig config = usual.withViews(usual.views().atOneRate());
    Optional<InputPreparation> preparation = preset.preparation(train, config);
    PairedBatch batch = firstBatch(config, preparation, train);
    DoubleSummaryStatistics scales = new DoubleSummaryStatistics();
    DoubleSummaryStatistics noises = new DoubleSummaryStatistics();
    for (int row = 0; row < batch.batchSize(); row++) {
      assertEquals(400, batch.lengths1()[row]);
      float[] view = Arrays.copyOfRange(batch.view1(), row * 400, (row + 1) * 400);
      double[] fit = nearest(preparation.map(one -> one.apply(train)).orElse(train), view);
      scales.accept(fit[0]);
      noises.accept(fit[1]);
    }
    double doubt = 0.02; // of 400 samples
    assertTrue(scales.getMin() >= leastScale - doubt && scales.getMax() <= mostScale + doubt, scales::toString);
    assertTrue(noises.getMin() >= leastNoise - doubt && noises.getMax() <= mostNoise + doubt, noises::toString);
    double spread = mostScale - leastScale;
    assertTrue(scales.getMax() - scales.getMin() >= 0.8 * spread, scales::toString);
  }

  /// Factor and deviation of what is left, by the series of a set that a view is nearest to.
  private static double[] nearest(TimeSeriesSet set, float[] view) {
    double[] best = {0, Double.MAX_VALUE};
    for (TimeSeries series : set) {
      float[] values = series.channel(0);
      double product = 0;
      double square = 0;
      for (int t = 0; t < view.length; t++) {
        product += values[t] * view[t];
        square += values[t] * values[t];
      }
      double rest = 0;
      for (int t = 0; t < view.length; t++) rest += Math.pow(view[t] - product / square * values[t], 2);
      double deviation = Math.sqrt(rest / view.length);
      if (deviation < best[1]) best = new double[] {product / square, deviation};
    }
    return best;
  }

  private static PairedBatch firstBatch(Preset preset, Optional<InputPreparation> preparation, TimeSeriesSet train) {
    return firstBatch(preset.defaults(train, preset.batch(), 1), preparation, train);
  }

  private static PairedBatch firstBatch(TrainingConfig config, Optional<InputPreparation> preparation, TimeSeriesSet train) {
    try (PairedEpoch epoch = config.preset().pairs(train, preparation, config).epoch(1)) {
      return epoch.iterator().next();
    }
  }
}
