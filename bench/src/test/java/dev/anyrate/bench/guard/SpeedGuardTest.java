package dev.anyrate.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anyrate.bench.Work;
import dev.anyrate.bench.report.Measurements;
import dev.anyrate.bench.report.Outcome;
import dev.anyrate.bench.report.Peak;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class SpeedGuardTest {
  private static final String BENCHMARK = "kernel.MatmulBenchmark";
  private static final String MISSING = BENCHMARK
      + " product=GONE: has a floor, but there is no such benchmark; write the floors anew";

  /// A machine on which one product reaches these shares of the peak, one after the other.
  private static final class Machine implements Measurements {
    private final Deque<Double> shares = new ArrayDeque<>();

    Machine(Double... shares) {
      this.shares.addAll(Arrays.asList(shares));
    }

    @Override
    public Peak peak() {
      return new Peak(100e9, 10e9);
    }

    @Override
    public List<Outcome> run(String type) {
      double seconds = 1 / (100 * shares.remove());
      return List.of(new Outcome(BENCHMARK, Map.of("product", "SQUARE_64"), Work.flops(1e9), seconds, seconds, 0, 0));
    }
  }

  private static List<String> failures(Machine machine, String... products) throws RunnerException {
    var floors = new TreeMap<String, Double>();
    for (String product : products) floors.put(BENCHMARK + " product=" + product, 0.5);
    return new SpeedGuard(machine, new Floors(floors)).failures();
  }

  @Test
  void whatReachesItsFloorInOneOfThreeAttemptsIsNoFailure() throws RunnerException {
    assertEquals(List.of(), failures(new Machine(0.6), "SQUARE_64"));
    assertEquals(List.of(), failures(new Machine(0.4, 0.3, 0.6), "SQUARE_64"));
  }

  @Test
  void whatNeverReachesItsFloorIsNamedWithTheLastAttempt() throws RunnerException {
    assertEquals(List.of(BENCHMARK + " product=SQUARE_64: 0.410 of peak, floor 0.500"),
        failures(new Machine(0.4, 0.3, 0.41), "SQUARE_64"));
  }

  @Test
  void aFloorWithoutABenchmarkIsNamedAlsoWhereAnotherIsMeasuredAgain() throws RunnerException {
    assertEquals(List.of(MISSING), failures(new Machine(0.6), "SQUARE_64", "GONE"));
    assertEquals(List.of(MISSING), failures(new Machine(0.4, 0.6), "SQUARE_64", "GONE"));
  }
}
