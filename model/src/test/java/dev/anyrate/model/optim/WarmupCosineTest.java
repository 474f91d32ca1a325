package dev.anyrate.model.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmupCosineTest {
  @Test
  void risesInALineAndFallsByHalfACosine() {
    var schedule = new WarmupCosine(0.4f, 4, 12);
    for (int step = 0; step < 4; step++) assertEquals(0.1f * (step + 1), schedule.at(step), 1e-7);
    assertEquals(0.4f, schedule.at(4));
    assertEquals(0.4 * (1 + Math.cos(Math.PI / 4)) / 2, schedule.at(6), 1e-7);
    assertEquals(0.2f, schedule.at(8), 1e-7, "half way down");
    assertEquals(0, schedule.at(12));
    assertEquals(0, schedule.at(100), "and stays there");
  }

  @Test
  void withoutWarmUpItBeginsAtThePeak() {
    assertEquals(0.3f, new WarmupCosine(0.3f, 0, 10).at(0));
    assertEquals(0.3f, new WarmupCosine(0.3f, 0, 1).at(0));
  }

  @Test
  void mayBeAllWarmUp() {
    var schedule = new WarmupCosine(1, 5, 5);
    assertEquals(0.2f, schedule.at(0));
    assertEquals(1, schedule.at(4));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "16, 160", "0, 1000000"})
  void everyStepBeforeTheTotalMovesSomethingAndNoneExceedsThePeak(int warmup, int total) {
    var schedule = new WarmupCosine(1e-3f, warmup, total);
    for (int step = 0; step < total; step++) {
      float rate = schedule.at(step);
      assertTrue(rate > 0 && rate <= 1e-3f, "step " + step + ": " + rate);
    }
  }

  @Test
  void afterTheWarmUpItNeverRises() {
    var schedule = new WarmupCosine(1, 10, 300);
    for (int step = 11; step <= 300; step++) assertTrue(schedule.at(step) < schedule.at(step - 1), "step " + step);
  }

  @ParameterizedTest
  @CsvSource({"-1, 10", "0, 0", "11, 10"})
  void stepsThatDoNotFitAreRefused(int warmup, int total) {
    assertEquals("schedule: " + warmup + " warm-up steps of " + total
        + "; give a total of at least 1 and a warm-up between 0 and the total",
        assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(1, warmup, total)).getMessage());
  }

  @Test
  void aPeakThatIsNoRateIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(Float.NaN, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(-1, 0, 1));
  }
}
