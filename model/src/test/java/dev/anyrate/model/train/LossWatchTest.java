package dev.anyrate.model.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.model.loss.NtXentLoss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossWatchTest {
  private static final int PAIRS = 128;
  private static final int STEPS = 10; // of an epoch
  private static final double CHANCE = NtXentLoss.chance(PAIRS);

  private static LossWatch watch(float learningRate, float temperature) {
    return new LossWatch(learningRate, temperature);
  }

  private static String stopped(Runnable faulty) {
    String message = assertThrows(TrainingStopped.class, faulty::run).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @ParameterizedTest
  @CsvSource({"NaN, 1, loss", "Infinity, 1, loss", "1, NaN, gradient", "1, Infinity, gradient", "NaN, NaN, loss"})
  void whatIsNoNumberStopsTheRunAndNamesTheLearningRate(double loss, double norm, String what) {
    assertEquals("training stopped in epoch 3: the " + what + " is not a finite number;"
        + " a learning rate of 0.02 is the likely cause: try --lr 0.002",
        stopped(() -> watch(0.02f, 0.5f).afterStep(3, 40, loss, norm)));
  }

  @Test
  void atALowTemperatureTheTemperatureIsNamed() {
    String message = stopped(() -> watch(0.02f, 1e-4f).afterStep(1, 0, Double.NaN, 1));
    assertTrue(message.endsWith("a temperature of 1.0E-4 is the likely cause: try --temperature 0.5"), message);
  }

  @Test
  void beforeTheFirstUpdateTheSeriesAreNamed() {
    String message = stopped(() -> watch(0.02f, 0.5f).afterStep(1, 0, Double.NaN, 1));
    assertTrue(message.contains("values of the series that are too large are the likely cause"), message);
  }

  @Test
  void aFiniteLossIsLetThrough() {
    assertDoesNotThrow(() -> watch(0.02f, 0.5f).afterStep(1, 0, 1e30, 1e30));
  }

  private static List<Double> epochs(int count, double loss) {
    return new ArrayList<>(Collections.nCopies(count, loss));
  }

  @Test
  void tenEpochsAtChanceStopTheRun() {
    LossWatch watch = watch(1e-3f, 0.5f);
    assertDoesNotThrow(() -> watch.afterEpoch(epochs(9, CHANCE), CHANCE, PAIRS, STEPS));
    assertEquals("training stopped after epoch 10: the loss 5.5413 is no better than chance, ln(2B - 1) = 5.5413, for 10 epochs;"
        + " likely causes: views so strongly augmented that nothing is left in common, or series that are all alike",
        stopped(() -> watch.afterEpoch(epochs(10, CHANCE), CHANCE, PAIRS, STEPS)));
    stopped(() -> watch.afterEpoch(epochs(25, CHANCE + 3), CHANCE, PAIRS, STEPS));
  }

  /// The first ten steps of a small set of spectra that are much alike told nothing, and the run was given up with its warm-up still going on.
  @Test
  void inEpochsOfFewStepsFiftyStepsStopIt() {
    LossWatch watch = watch(1e-3f, 0.5f);
    assertDoesNotThrow(() -> watch.afterEpoch(epochs(49, CHANCE), CHANCE, PAIRS, 1));
    stopped(() -> watch.afterEpoch(epochs(50, CHANCE), CHANCE, PAIRS, 1));
    assertDoesNotThrow(() -> watch.afterEpoch(epochs(16, CHANCE), CHANCE, PAIRS, 3));
    stopped(() -> watch.afterEpoch(epochs(17, CHANCE), CHANCE, PAIRS, 3));
  }

  @Test
  void aSingleGoodEpochAmongTheLastTenKeepsItGoing() {
    List<Double> losses = epochs(12, CHANCE);
    losses.set(2, 0.9 * CHANCE);
    assertDoesNotThrow(() -> watch(1e-3f, 0.5f).afterEpoch(losses, CHANCE, PAIRS, STEPS));
    losses.add(CHANCE);
    stopped(() -> watch(1e-3f, 0.5f).afterEpoch(losses, CHANCE, PAIRS, STEPS));
  }

  @Test
  void aLossThatFellBelowChanceIsLetThrough() {
    assertDoesNotThrow(() -> watch(1e-3f, 0.5f).afterEpoch(epochs(30, 0.98 * CHANCE), CHANCE, PAIRS, STEPS));
  }

  @Test
  void likelyCausesAreThoseThatTheSettingsSuggest() {
    List<Double> losses = epochs(10, 10);
    String message = stopped(() -> watch(0.5f, 3).afterEpoch(losses, NtXentLoss.chance(12), 12, STEPS));
    for (String cause : List.of("a learning rate that is too high (--lr 0.5; try 0.001), ",
        "a temperature that is too high (--temperature 3.0; try 0.5), ", "a batch of only 12 pairs (--batch; 64 or more",
        "augmented")) {
      assertTrue(message.contains(cause), message);
    }
    String other = stopped(() -> watch(1e-3f, 0.5f).afterEpoch(losses, CHANCE, 64, STEPS));
    assertFalse(other.contains("--"), other);
  }
}
