package dev.anyrate.model.evaluate.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.model.evaluate.RateProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementTest {
  private static final Measurements MEASURED = new Measurements(List.of(accuracy(RateProtocol.WHOLE, 0.25, 0.7),
      accuracy(RateProtocol.WHOLE, 1, 0.9), accuracy(RateProtocol.WHOLE, 2, 0.8), accuracy(RateProtocol.WINDOW, 2, 0.4),
      new Measurement(Method.TRAINED, Measure.NOISE, TestView.NATIVE, 1, 0.55, 0.5, 0.6),
      Measurement.of(Method.UNTRAINED, Measure.ACCURACY, TestView.NATIVE, 1, 0.1)));

  private static Measurement accuracy(RateProtocol protocol, double rate, double value) {
    return Measurement.of(Method.TRAINED, Measure.ACCURACY, new TestView(protocol, Sensor.LINEAR, rate), 1, value);
  }

  private static boolean holds(String requirement) {
    return Requirement.of(requirement).check(MEASURED).holds();
  }

  @Test
  void comparesTheMeasureAtTheRateWithTheLimit() {
    assertTrue(holds("accuracy>=0.9"));
    assertFalse(holds("accuracy>=0.91"));
    assertTrue(holds("accuracy@0.25>=0.7"));
    assertTrue(holds("accuracy@2 <= 0.8"));
    assertTrue(holds("accuracy@2/window>=0.4"));
    assertFalse(holds("accuracy@2/window>=0.41"));
    assertTrue(holds("accuracy@0.25/window>=0.7"), "below the native rate a window shows what the whole series shows");
  }

  @Test
  void theWorstRateIsTheLeastFavourableOne() {
    assertEquals(0.7, Requirement.of("accuracy@worst>=0.5").check(MEASURED).value());
    assertEquals(0.9, Requirement.of("accuracy@worst<=0.5").check(MEASURED).value());
    assertEquals(0.4, Requirement.of("accuracy@worst/window>=0.5").check(MEASURED).value());
  }

  @Test
  void chanceStandsForTheBoundOfAControl() {
    assertTrue(holds("noise<=chance"));
    assertFalse(holds("noise>=chance"));
  }

  /// Nothing else has one: it would fail for ever, whatever the encoder.
  @Test
  void chanceIsRefusedWhereThereIsNoBoundOfIt() {
    for (String text : List.of("accuracy>=chance", "leak_rate<=chance", "accuracy@worst>=chance")) {
      String message = assertThrows(IllegalArgumentException.class, () -> Requirement.of(text)).getMessage();
      assertTrue(message.contains(text) && message.contains("noise, swapped, shuffled, length_only"), message);
    }
    for (Measure measure : List.of(Measure.NOISE, Measure.SWAPPED, Measure.SHUFFLED, Measure.LENGTH_ONLY)) {
      assertTrue(Double.isNaN(Requirement.of(measure.id() + "<=chance").limit()));
    }
  }

  @Test
  void whatWasNotMeasuredFails() {
    assertFalse(holds("accuracy@3>=0"));
    assertFalse(holds("swapped<=chance"));
    assertTrue(Requirement.of("accuracy@3>=0").check(MEASURED).line().contains("not measured"));
  }

  @Test
  void aTextThatIsNoneIsRefusedWithAnExample() {
    for (String text : List.of("", "accuracy", "accuracy>0.5", "acuracy>=0.5", "accuracy@x>=0.5", "accuracy>=0.5.5",
        "accuracy@0.5/half>=1")) {
      assertThrows(IllegalArgumentException.class, () -> Requirement.of(text), text);
    }
  }

  @Test
  void theUsualOnesAreThoseWhoseRateIsMeasured() {
    assertEquals(Requirement.DEFAULTS, Requirement.defaults(RateProtocol.DEFAULT_RATES));
    assertEquals(List.of("effective_rank>=1.5", "noise<=chance", "swapped<=chance"),
        Requirement.defaults(List.of(0.25)).stream().map(Requirement::text).toList());
  }

  @Test
  void aRateThatIsNotMeasuredIsRefusedBeforeTheWork() {
    var missing = assertThrows(IllegalArgumentException.class,
        () -> new ProofOptions(List.of(0.5, 2.0), List.of(1L), List.of(Requirement.of("auroc@4/window>=0.7"))));
    assertEquals(
        "requirement auroc@4/window>=0.7: its rate is none of 0.5,1,2; add it to --rates, or require something else by --require",
        missing.getMessage());
    new ProofOptions(List.of(0.5, 2.0), List.of(1L),
        List.of(Requirement.of("auroc@2>=0.7"), Requirement.of("auroc@worst>=0.7"), Requirement.of("noise<=chance")));
  }
}
