package dev.anyrate.demo.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anyrate.demo.report.Curve;
import dev.anyrate.demo.report.Plot;
import dev.anyrate.demo.report.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingCurveTest {
  @Test
  void showsTheLossOfEachEpochFromOneOn() {
    Curve loss = TrainingCurve.figure(new double[] {5, 4, 3.5}, 128).plots().getFirst().curves().getFirst();
    assertEquals(List.of(new Point(1, 5), new Point(2, 4), new Point(3, 3.5)), loss.points());
  }

  @Test
  void theReferenceIsTheLogarithmOfTheNumberOfCandidates() {
    Curve chance = TrainingCurve.figure(new double[] {5}, 128).plots().getFirst().curves().get(1);
    assertEquals("chance level, log(2·128 − 1) = 5.54", chance.label());
    assertEquals(List.of(new Point(0, Math.log(255)), new Point(2, Math.log(255))), chance.points());
  }

  @Test
  void fewEpochsHaveATickEach() {
    Plot few = TrainingCurve.figure(new double[] {3, 2, 1}, 4).plots().getFirst();
    Plot many = TrainingCurve.figure(new double[100], 4).plots().getFirst();
    assertEquals(List.of(1.0, 2.0, 3.0), few.x().ticks());
    assertEquals(List.of(), many.x().ticks());
  }

  @Test
  void noEpochAndABatchWithoutNegativesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TrainingCurve.figure(new double[0], 128));
    assertThrows(IllegalArgumentException.class, () -> TrainingCurve.figure(new double[] {1}, 1));
  }
}
