package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.pairs.PairedBatch;
import dev.anyrate.augment.pairs.PairedEpoch;
import dev.anyrate.augment.prepare.InputPreparation;
import dev.anyrate.augment.prepare.StandardizationScope;
import dev.anyrate.augment.series.TimeSeriesSet;
import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.ModelConfig;
import dev.anyrate.model.encoder.CnnEncoderConfig;
import dev.anyrate.model.testing.Examples;
import java.util.Arrays;
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
    assertEquals(Optional.empty(), reference.preparation(TRAIN, StandardizationScope.SET));
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
    assertEquals(Optional.of(InputPreparation.fit(TRAIN)), invariant.preparation(TRAIN, StandardizationScope.SET));
  }

  /// As many epochs as 120 steps take, rounded up.
  @ParameterizedTest
  @CsvSource({"32, 120, 120", "33, 60, 120", "50, 60, 120", "100, 30, 120", "1000, 4, 128", "9000, 1, 282"})
  void theInvariantOneTrainsForAtLeast120Steps(int series, int epochs, int steps) {
    TimeSeriesSet train = SyntheticData.create(series, 8, 1, 2, 1);
    TrainingConfig config = Preset.INVARIANT.defaults(train, 32, 1);
    assertEquals(epochs, config.epochs());
    assertEquals(steps, epochs
        * Preset.INVARIANT.pairs(train, Preset.INVARIANT.preparation(train, StandardizationScope.SET), config).batchesPerEpoch());
  }

  /// As a user writes who wants all series in one batch.
  @ParameterizedTest
  @EnumSource
  void aBatchMayBeLargerThanAnySet(Preset preset) {
    TrainingConfig config = preset.defaults(TRAIN, Integer.MAX_VALUE, 1);
    if (preset == Preset.INVARIANT) assertEquals(120, config.epochs());
    assertEquals(50, preset.pairs(TRAIN, preset.preparation(TRAIN, StandardizationScope.SET), config).batchSize());
  }

  @Test
  void viewsOfTheInvariantOneAllHaveTheCanonicalLength() {
    Optional<InputPreparation> preparation = Preset.INVARIANT.preparation(TRAIN, StandardizationScope.SET);
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

  private static PairedBatch firstBatch(Preset preset, Optional<InputPreparation> preparation, TimeSeriesSet train) {
    TrainingConfig config = preset.defaults(train, preset.batch(), 1);
    try (PairedEpoch epoch = preset.pairs(train, preparation, config).epoch(1)) {
      return epoch.iterator().next();
    }
  }
}
