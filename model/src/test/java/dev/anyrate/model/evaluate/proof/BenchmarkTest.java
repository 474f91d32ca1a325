package dev.anyrate.model.evaluate.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anyrate.model.evaluate.RateProtocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
  private static final TestView DOUBLE = new TestView(RateProtocol.WHOLE, Sensor.LINEAR, 2);

  /// The trained encoder is better by a tenth on every dataset but the last, where both are equal.
  private static Benchmark sevenDatasets() {
    Map<String, Measurements> bySet = new LinkedHashMap<>();
    for (int n = 0; n < 7; n++) {
      double gain = n < 6 ? 0.1 + 0.001 * n : 0;
      List<Measurement> rows = new ArrayList<>();
      for (TestView view : List.of(TestView.NATIVE, DOUBLE)) {
        for (long seed = 1; seed <= 2; seed++) {
          rows.add(Measurement.of(Method.TRAINED, Measure.PROBE_AUGMENTED, view, seed, 0.5 + gain + (seed == 1 ? 0.02 : -0.02)));
          rows.add(Measurement.of(Method.MINIROCKET, Measure.PROBE_AUGMENTED, view, seed, 0.5));
          rows.add(Measurement.of(Method.KNOWN_RATE, Measure.PROBE_AUGMENTED, view, seed, 1));
        }
      }
      bySet.put("set " + n, new Measurements(rows));
    }
    return Benchmark.of(bySet);
  }

  @Test
  void methodsAreComparedByTheirMeansOverSeedsAndViews() {
    Benchmark benchmark = sevenDatasets();
    assertEquals(List.of("trained, augmented", "MiniRocket, ridge, augmented"), benchmark.comparison().methods());
    var duel = benchmark.comparison().duels().getFirst();
    assertEquals(6, duel.wins());
    assertEquals(1, duel.ties());
    assertEquals(2.0 / 64, duel.pValue(), 1e-12); // six differences of one sign
    assertEquals((6 * 1 + 1.5) / 7, benchmark.comparison().averageRanks()[0], 1e-12);
    assertEquals(0.5, benchmark.worstWhole(benchmark.contestants().get(1)), 1e-12);
  }

  /// Its scores would stand for other datasets than those of the others.
  @Test
  void aMethodThatWasMeasuredOnSomeDatasetsOnlyIsRefused() {
    Measurement trained = Measurement.of(Method.TRAINED, Measure.ACCURACY, TestView.NATIVE, 1, 0.9);
    Measurement untrained = Measurement.of(Method.UNTRAINED, Measure.ACCURACY, TestView.NATIVE, 1, 0.8);
    Measurement rocket = Measurement.of(Method.MINIROCKET, Measure.ACCURACY, TestView.NATIVE, 1, 0.8);
    var fewer = new Measurements(List.of(trained, untrained));
    var more = new Measurements(List.of(trained, untrained, rocket));
    for (List<Measurements> sets : List.of(List.of(fewer, more), List.of(more, fewer))) {
      Map<String, Measurements> bySet = new LinkedHashMap<>();
      bySet.put("one", sets.get(0));
      bySet.put("two", sets.get(1));
      String message = assertThrows(IllegalArgumentException.class, () -> Benchmark.of(bySet)).getMessage();
      assertTrue(message.startsWith("benchmark: ") && message.contains("two") && message.contains("MiniRocket, ridge"), message);
    }
  }

  /// The mean of one would be over other rates than that of the other, and the summary has a rate that one of them lacks.
  @Test
  void datasetsMeasuredAtOtherRatesAreRefused() {
    List<Measurement> rows = new ArrayList<>();
    for (Method method : List.of(Method.TRAINED, Method.UNTRAINED)) {
      for (TestView view : List.of(TestView.NATIVE, DOUBLE)) rows.add(Measurement.of(method, Measure.ACCURACY, view, 1, 0.9));
    }
    Map<String, Measurements> bySet = new LinkedHashMap<>();
    bySet.put("one", new Measurements(rows));
    bySet.put("two", new Measurements(rows.stream().filter(row -> row.view().equals(TestView.NATIVE)).toList()));
    assertEquals(
        "benchmark: trained was measured on two at whole 1, but on one at whole 1, whole 2; prove both at the same rates",
        assertThrows(IllegalArgumentException.class, () -> Benchmark.of(bySet)).getMessage());
  }

  @Test
  void theSummaryHoldsMeansRanksAndDuels() throws IOException {
    JsonNode json = new JsonMapper().readTree(BenchmarkFile.toJson(sevenDatasets()));
    assertEquals(7, json.path("datasets").size());
    assertEquals(0.5, json.at("/methods/MiniRocket, ridge, augmented/whole/2").asDouble());
    assertEquals(6, json.at("/methods/MiniRocket, ridge, augmented/against_it/wins").asInt());
    assertTrue(json.at("/critical_difference").isNumber());
  }
}
