package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.augment.synthetic.SyntheticData;
import dev.anyrate.engine.Engine;
import dev.anyrate.model.EmbeddingKind;
import dev.anyrate.model.loss.NtXentLoss;
import dev.anyrate.model.testing.TestEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final int STEPS = 10; // of an epoch
  private static final double CHANCE = NtXentLoss.chance(32);

  private final List<String> warnings = new ArrayList<>();
  private final TrainingListener listener = new TrainingListener() {
    @Override
    public void warning(String message) {
      warnings.add(message);
    }
  };

  private Diagnosis diagnosis(Preset preset, float temperature) {
    var config = new TrainingConfig(preset, new ModelSizes(8, 8, 8), 40, 32, temperature, Optimization.fixed(1e-3f), 1);
    return new Diagnosis(config, 100, List.of(), listener);
  }

  private void assertOneLineThatNames(String... words) {
    assertEquals(1, warnings.size(), warnings::toString);
    assertEquals(1, warnings.getFirst().lines().count());
    for (String word : words) assertTrue(warnings.getFirst().contains(word), warnings::toString);
  }

  @Test
  void aSoundRunHearsNothing() {
    Diagnosis diagnosis = diagnosis(Preset.INVARIANT, 0.5f);
    diagnosis.atStart(32);
    diagnosis.afterEpoch(Collections.nCopies(20, 0.7 * CHANCE), CHANCE, STEPS);
    diagnosis.afterCheckup(List.of(new Checkup(1, 6, 0.4), new Checkup(20, 9, 0.45)));
    assertEquals(List.of(), warnings);
  }

  @Test
  void aSmallBatchIsNamedOnce() {
    Diagnosis diagnosis = diagnosis(Preset.INVARIANT, 0.5f);
    diagnosis.atStart(3);
    diagnosis.atStart(3);
    assertOneLineThatNames("3 pairs", "4 others", "--batch");
  }

  /// A larger batch than there are series is no remedy.
  @Test
  void aSmallBatchOfFewSeriesAsksForMoreOfThem() {
    new Diagnosis(TrainingProgram.CONFIG, 3, List.of(), listener).atStart(3);
    assertOneLineThatNames("3 pairs", "give more series");
    assertFalse(warnings.getFirst().contains("--batch"), warnings::toString);
  }

  @Test
  void whatWasSaidBeforeTheRunWasResumedIsNotSaidAgain() {
    Diagnosis before = diagnosis(Preset.INVARIANT, 0.01f);
    before.atStart(3);
    before.afterEpoch(List.of(0.7 * CHANCE), CHANCE, STEPS);
    assertEquals(2, warnings.size(), warnings::toString);
    var resumed = new Diagnosis(TrainingProgram.CONFIG.withTemperature(0.01f), 100, before.said(), listener);
    resumed.atStart(3);
    resumed.afterEpoch(Collections.nCopies(2, 0.7 * CHANCE), CHANCE, STEPS);
    assertEquals(2, warnings.size(), warnings::toString);
    resumed.afterCheckup(List.of(new Checkup(10, 1.05, 0.33)));
    assertEquals(3, warnings.size(), "what is new is said");
  }

  @Test
  void aLowTemperatureIsNamed() {
    diagnosis(Preset.INVARIANT, 0.01f).afterEpoch(List.of(0.7 * CHANCE), CHANCE, STEPS);
    assertOneLineThatNames("temperature", "--temperature 0.5");
  }

  @Test
  void aLossAtChanceIsNamedBeforeTheRunIsGivenUp() {
    Diagnosis diagnosis = diagnosis(Preset.INVARIANT, 0.5f);
    diagnosis.afterEpoch(Collections.nCopies(4, CHANCE), CHANCE, STEPS);
    assertEquals(List.of(), warnings);
    diagnosis.afterEpoch(Collections.nCopies(5, CHANCE), CHANCE, STEPS);
    diagnosis.afterEpoch(Collections.nCopies(6, CHANCE), CHANCE, STEPS);
    assertOneLineThatNames("stuck", "ln(2B - 1)", "--lr");
  }

  @Test
  void aCollapseIsNamedByItsRank() {
    Diagnosis diagnosis = diagnosis(Preset.INVARIANT, 0.5f);
    diagnosis.afterCheckup(List.of(new Checkup(10, 1.05, 0.33)));
    diagnosis.afterCheckup(List.of(new Checkup(20, 1.01, 0.33)));
    assertOneLineThatNames("collapse", "epoch 10", "1.05", "--lr");
  }

  @Test
  void aRateThatIsToldBetterAndBetterIsNamedWithTheOptionOfThePreset() {
    diagnosis(Preset.REFERENCE, 0.5f).afterCheckup(List.of(new Checkup(1, 6, 0.4), new Checkup(10, 6, 0.9)));
    assertOneLineThatNames("90 %", "40 %", "--preset invariant");
  }

  @Test
  void embeddingsAreLookedAtAfterTheFirstEpochAndEachQuarter() {
    Diagnosis diagnosis = diagnosis(Preset.INVARIANT, 0.5f);
    assertEquals(List.of(1, 10, 20, 30, 40), IntStream.rangeClosed(1, 40).filter(diagnosis::wantsCheckup).boxed().toList());
  }

  @Test
  void aRunKeepsItsCheckups() {
    var train = SyntheticData.create(12, 40, 1, 2, 1);
    var config = Preset.INVARIANT.defaults(train, 12, 5).withEpochs(4)
        .withEmbedding(new ModelSizes(8, 8, 8, 0, 84), EmbeddingKind.POOLED);
    try (Engine engine = TestEngine.open(); TrainingSession session = TrainingSession.start(engine, train, config)) {
      session.run(listener);
      assertEquals(List.of(1, 2, 3, 4), session.progress().checkups().stream().map(Checkup::epoch).toList());
      for (Checkup checkup : session.progress().checkups()) {
        assertTrue(checkup.effectiveRank() >= 1 && checkup.rateTold() >= 0 && checkup.rateTold() <= 1, checkup::toString);
      }
    }
  }
}
