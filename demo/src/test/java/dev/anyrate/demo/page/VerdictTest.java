package dev.anyrate.demo.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anyrate.model.evaluate.ByProtocol;
import dev.anyrate.model.evaluate.EvaluationReport;
import dev.anyrate.model.evaluate.RateProtocol;
import dev.anyrate.model.evaluate.RateResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final double[] RATES = {0.25, 1, 4};

  private static Map<String, RateResult> results(double[] rates, double... accuracies) {
    var results = new LinkedHashMap<String, RateResult>();
    for (int i = 0; i < rates.length; i++) {
      results.put(RateProtocol.key(rates[i]), new RateResult(accuracies[i], accuracies[i], 0.9, 0.2, 0.75));
    }
    return results;
  }

  private static List<String> verdict(Map<String, RateResult> whole, Map<String, RateResult> window,
      Map<String, RateResult> untrainedWindow) {
    var baselines = new EvaluationReport.Baselines(null, null, new ByProtocol<>(whole, untrainedWindow));
    return new Verdict(new EvaluationReport("set", 2, 50, 50, 1, List.of(100, 100), 1, "simd", "cnn", 8,
        new ByProtocol<>(whole, window), baselines, null)).paragraphs();
  }

  private static List<String> verdict(double... accuracies) {
    Map<String, RateResult> same = results(RATES, accuracies);
    return verdict(same, same, same);
  }

  @Test
  void theWorstOtherRateIsNeverTheNativeOne() {
    assertEquals("The embedding holds: the probe reaches 0.90 at the native rate, and at the worst other rate, 4, still 0.91.",
        verdict(0.92, 0.90, 0.91).getFirst());
  }

  @Test
  void aLossIsSaid() {
    assertEquals("The embedding loses 0.20 of its accuracy at rate 0.25: 0.70, against 0.90 at the native rate.",
        verdict(0.70, 0.90, 0.89).getFirst());
  }

  @Test
  void theNativeRateAloneHasNoOther() {
    Map<String, RateResult> home = results(new double[] {1}, 0.9);
    assertEquals("The probe reaches 0.90 at the native rate; no other rate was asked for.", verdict(home, home, home).getFirst());
  }

  @Test
  void withoutTheNativeRateTheLowestIsSaid() {
    Map<String, RateResult> others = results(new double[] {0.5, 2}, 0.9, 0.8);
    assertEquals("The lowest accuracy over all rates is 0.80, at rate 2.", verdict(others, others, others).getFirst());
  }

  @Test
  void whatAWindowLosesIsNotPassedOver() {
    Map<String, RateResult> whole = results(RATES, 0.9, 0.9, 0.9);
    String said = verdict(whole, results(RATES, 0.1, 0.9, 0.58), results(RATES, 0.1, 0.9, 0.55)).get(1);
    assertTrue(said.endsWith("the worst rate is 4, with 0.58; untrained, 0.55."), said);
  }

  @Test
  void atRatesBelowOneAWindowIsTheWholeSeries() {
    Map<String, RateResult> below = results(new double[] {0.5, 1}, 0.5, 0.9);
    assertTrue(verdict(below, below, below).stream().noneMatch(paragraph -> paragraph.contains("window")));
  }
}
